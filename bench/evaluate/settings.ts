import { type DetectorOptions, type OptionRow, optionsFromText, optionTable } from '@aed/core';

/** Detector options that are scored, with a name. */
export interface Setting {
  readonly name: string;
  readonly options: DetectorOptions;
}

type Texts = Readonly<Record<string, string>>;

/** Values of `alpha` that are scored with the default statistic, beside the default. */
const alphas = ['0.001', '0.0001'];
/** Values of `falseAlarmEvery` that are scored with the other statistics, beside the default. */
const falseAlarmEvery = ['1000', '100000'];

/**
 * The options that are scored, as texts: the default statistic with its defaults and with smaller significance levels, then
 * every other statistic of the core.
 */
export function settingTexts(
  table: Readonly<Record<string, OptionRow<unknown>>> = optionTable,
): readonly Texts[] {
  const { statistic } = table;
  const others = (statistic?.choices ?? []).filter((choice) => choice !== statistic?.default).map(String);
  return [
    {},
    ...alphas.map((alpha) => ({ alpha })),
    ...others.flatMap((name) => [
      { statistic: name },
      ...('falseAlarmEvery' in table
        ? falseAlarmEvery.map((every) => ({ statistic: name, falseAlarmEvery: every }))
        : []),
    ]),
  ];
}

/** The default statistic of the core, by name. */
const usual = 'mpp';

export function settings(): readonly Setting[] {
  return settingTexts().map((texts) => ({ name: nameOf(texts), options: optionsFromText(texts) }));
}

/** 'mpp, alpha 0.001' */
export function nameOf({ statistic = usual, ...rest }: Texts): string {
  return [statistic, ...Object.entries(rest).map(([name, text]) => `${name} ${text}`)].join(', ');
}
