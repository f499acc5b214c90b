import { type OptionName, optionsToText, type ResolvedOptions } from '@aed/core';
import { nameInWords } from '../lambda/name-in-words.ts';
import { serviceOptionTable } from '../lambda/service-options.ts';
import { type DetectorTexts, detectorOptions } from './detector-options.ts';
import { whyWithoutEffect } from './without-effect.ts';

const names = Object.keys(serviceOptionTable) as readonly OptionName[];

/** The options in force, for readers: `alpha 0.01, practical threshold 3, …`. Those that have no effect with the others are left out. */
export function optionsInWords(options: ResolvedOptions): string {
  const texts = optionsToText(options);
  return names
    .filter((name) => whyWithoutEffect(name, texts) === undefined)
    .filter((name) => name !== 'falseAlarmEvery' || options[name] > 0)
    .map((name) => `${nameInWords(name)} ${options[name]}`)
    .join(', ');
}

/** The options of a service that are not its defaults, by their names: `practicalThreshold 1, startup 10`; `defaults` if all are. */
export function optionsThatDiffer(texts: DetectorTexts): string {
  const options = optionsToText(detectorOptions(texts));
  const usual = {
    ...optionsToText(detectorOptions({ statistic: options.statistic })),
    statistic: optionsToText(detectorOptions({})).statistic,
  };
  const differing = names.filter((name) => options[name] !== usual[name]);
  return differing.length === 0 ? 'defaults' : differing.map((name) => `${name} ${options[name]}`).join(', ');
}
