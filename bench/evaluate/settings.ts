import { type DetectorOptions, type OptionRow, optionsFromText, optionTable } from '@aed/core';

/** Detector options that are scored, with a name. */
export interface Setting {
  readonly name: string;
  readonly options: DetectorOptions;
}

type Texts = Readonly<Record<string, string>>;

type Named = readonly [option: string, value: string];

/** Options that are scored with the default statistic, if the core has them, beside its defaults. */
const withUsual: readonly Named[] = [
  ['alpha', '0.001'],
  ['alpha', '0.0001'],
  ['falseAlarmEvery', '10000'],
];
/** Options that are scored with each of the other statistics. */
const withOthers: readonly Named[] = [
  ['falseAlarmEvery', '1000'],
  ['falseAlarmEvery', '100000'],
  ['dependence', 'independent'],
];

/**
 * The options that are scored, as texts: the default statistic with its defaults and other options, then every other statistic of
 * the core.
 *
 * @param period - points of the season of the series, if they are known to have one
 */
export function settingTexts(
  period?: number,
  table: Readonly<Record<string, OptionRow<unknown>>> = optionTable,
): readonly Texts[] {
  const { statistic } = table;
  const names = (statistic?.choices ?? []).filter((choice) => choice !== statistic?.default).map(String);
  const seasons: readonly Named[] = period === undefined ? [] : [['period', `${period}`]];
  const textsOf = (given: Texts, options: readonly Named[]) => [
    given,
    ...options
      .filter(([option]) => option in table)
      .map(([option, value]): Texts => ({ ...given, [option]: value })),
  ];
  return [
    ...textsOf({}, withUsual),
    ...names.flatMap((name) => textsOf({ statistic: name }, [...withOthers, ...seasons])),
  ];
}

export function settings(period?: number): readonly Setting[] {
  return settingTexts(period).map((texts) => ({ name: nameOf(texts), options: optionsFromText(texts) }));
}

/** 'mpp, alpha 0.001' */
export function nameOf({ statistic = optionTable.statistic.default, ...rest }: Texts): string {
  return [statistic, ...Object.entries(rest).map(([name, text]) => `${name} ${text}`)].join(', ');
}
