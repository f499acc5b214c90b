import {
  type OptionName,
  type OptionTexts,
  optionsFromText,
  optionsToText,
  optionTable,
  type ResolvedOptions,
  resolveOptions,
} from '@aed/core';
import { seasonInNumbers } from './season-texts.ts';
import { longestPeriod, serviceOptions, withServiceDefaults } from './service-options.ts';
import { integerSetting } from './setting-row.ts';

/** The environment variables of a function. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment variable of a setting or resource: `eventRetentionDays` → `EVENT_RETENTION_DAYS`. */
export function variableOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

/** @throws RangeError naming the variable, if it is absent or blank */
export function required(environment: Environment, name: string): string {
  const value = environment[name];
  if (value === undefined || value.trim() === '')
    throw new RangeError(`${name} must be set in the environment`);
  return value;
}

/** Which events are stored, and for how long. */
export const eventSettings = {
  eventRetentionDays: integerSetting({
    default: 365,
    least: 1,
    most: 36_500,
    unit: 'days',
    meaning: 'how long an event is kept, counted from its timestamp',
  }),
  maxFutureSkewSeconds: integerSetting({
    default: 300,
    least: 0,
    most: 24 * 3600,
    unit: 'seconds',
    meaning:
      'how far a timestamp may lie in the future when its event arrives. An event further ahead goes to quarantine',
  }),
};

/**
 * Detector options from the texts of settings, environment variables or flags. An absent option keeps its default.
 *
 * @throws RangeError naming the option, its rule and the text
 */
export function detectorOptionsFromText(texts: OptionTexts): ResolvedOptions {
  return serviceOptions(withServiceDefaults(optionsFromText(seasonInNumbers(texts))));
}

/**
 * The same for a detector outside the service. Its regime may be unlimited, and its options need not be storable. A regime that is longer than
 * those of the service must be asked for.
 *
 * @throws RangeError naming the option, its rule and the text
 */
export function freeDetectorOptionsFromText(texts: OptionTexts): ResolvedOptions {
  const options = resolveOptions(withServiceDefaults(optionsFromText(seasonInNumbers(texts))));
  const { period, maxRegimeLength } = options;
  if (texts.maxRegimeLength !== undefined || period <= longestPeriod) return options;
  throw new RangeError(
    `period must be at most ${longestPeriod} without a maxRegimeLength of at least 4 · period (${maxRegimeLength}), got ${period}`,
  );
}

const optionNames = Object.keys(optionTable) as OptionName[];

/**
 * Detector options from the variables that `environmentOfDetector` writes. An absent option keeps its default.
 *
 * @throws RangeError naming the option, its rule and the text
 */
export function detectorOptionsFromEnvironment(environment: Environment): ResolvedOptions {
  return detectorOptionsFromText(
    Object.fromEntries(optionNames.map((name) => [name, environment[variableOf(name)]])),
  );
}

/** The environment variables for these options. */
export function environmentOfDetector(options: ResolvedOptions): Readonly<Record<string, string>> {
  const texts = Object.entries(optionsToText(options));
  return Object.fromEntries(texts.map(([name, text]) => [variableOf(name), text]));
}
