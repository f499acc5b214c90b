import { type DetectorOptions, type OptionRow, optionsFromText, optionTable } from '@aed/core';

/** Detector options that are scored, with a name. */
export interface Setting {
  readonly name: string;
  readonly options: DetectorOptions;
}

type Texts = Readonly<Record<string, string>>;

/** Values of `alpha` that are scored with the default statistic, beside the default. */
const alphas = ['0.001', '0.0001'];
/** Options that are scored with the other statistics, if the core has them, beside the defaults: their names and values. */
const others: readonly (readonly [option: string, value: string])[] = [
  ['falseAlarmEvery', '1000'],
  ['falseAlarmEvery', '100000'],
  ['dependence', 'independent'],
];

/**
 * The options that are scored, as texts: the default statistic with its defaults and with smaller significance levels, then
 * every other statistic of the core.
 *
 * @param period - points of the season of the series, if they are known to have one
 */
export function settingTexts(
  period?: number,
  table: Readonly<Record<string, OptionRow<unknown>>> = optionTable,
): readonly Texts[] {
  const { statistic } = table;
  const names = (statistic?.choices ?? []).filter((choice) => choice !== statistic?.default).map(String);
  const seasons = period === undefined ? [] : [['period', `${period}`] as const];
  const known = [...others, ...seasons].filter(([option]) => option in table);
  return [
    {},
    ...alphas.map((alpha) => ({ alpha })),
    ...names.flatMap((name) => [
      { statistic: name },
      ...known.map(([option, value]) => ({ statistic: name, [option]: value })),
    ]),
  ];
}

/** The default statistic of the core, by name. */
const usual = 'mpp';

export function settings(period?: number): readonly Setting[] {
  return settingTexts(period).map((texts) => ({ name: nameOf(texts), options: optionsFromText(texts) }));
}

/** 'mpp, alpha 0.001' */
export function nameOf({ statistic = usual, ...rest }: Texts): string {
  return [statistic, ...Object.entries(rest).map(([name, text]) => `${name} ${text}`)].join(', ');
}
