import { type OptionName, type OptionRow, type ResolvedOptions, resolveOptions } from '@aed/core';
import { type Command, Option } from 'commander';
import { serviceOptionTable } from '../lambda/service-options.ts';
import {
  detectorOptionsFromText,
  type Environment,
  environmentOfDetector,
  freeDetectorOptionsFromText,
} from '../lambda/settings.ts';
import { flagOf } from './flag-name.ts';
import { refuseIfWithoutEffect } from './without-effect.ts';

/** The detector's options as the command line gives them: as text, which is checked all at once. */
export type DetectorTexts = { readonly [Name in OptionName]?: string };

const rows = Object.entries(serviceOptionTable) as readonly (readonly [OptionName, OptionRow<unknown>])[];

/** What holds where an option is not given, beyond the defaults of the table. */
export interface DefaultsInHelp {
  /** In place of the default of the practical threshold. */
  readonly practicalThreshold?: string;
  /** Whether the options of a service hold, which the command does not know. */
  readonly areOfService?: boolean;
}

/** What is said of a command that does not know how far apart readings are, and of one that does. */
const everyHelp = {
  points:
    '--false-alarm-every is in readings: the service does not know how far apart these are.\n--period is in readings, or a time such as 24h beside --interval, which also takes a time.',
  time: '--false-alarm-every, --period and --interval also take a time, such as 12h, 1d and 5m. A time is\nturned into readings by their distance.',
};

/**
 * The options by which a command is told how to detect: a flag for each row of the table.
 *
 * @param every - what `--false-alarm-every` may be
 */
export function addDetectorOptions(
  command: Command,
  every: keyof typeof everyHelp = 'points',
  { practicalThreshold = '0', areOfService = false }: DefaultsInHelp = {},
): Command {
  command.optionsGroup(
    areOfService ? 'Detection (what a rule leaves out is as the service has it):' : 'Detection:',
  );
  for (const [name, row] of rows) {
    const shownDefault = name === 'practicalThreshold' ? practicalThreshold : String(row.default);
    const defaults = areOfService ? '' : ` (default: ${shownDefault})${defaultWithScan(row)}`;
    const option = new Option(flagsOf(name, row), `${helpOf(row)}${defaults}`);
    command.addOption(row.choices === undefined ? option : option.choices(row.choices.map(String)));
  }
  return command.addHelpText(
    'after',
    `\nA regime holds the readings since the last change point.\n${everyHelp[every]}`,
  );
}

/** `-x, --startup <readings>`. */
export function flagsOf(name: OptionName, { letter, unit, kind }: OptionRow<unknown>): string {
  const value = kind === 'choice' ? 'choice' : unit === 'points' ? 'readings' : 'number';
  return `${letter === undefined ? '' : `-${letter}, `}${flagOf(name)} <${value}>`;
}

/** Set if the default is another one with the scan. */
function defaultWithScan({ defaultFor }: OptionRow<unknown>): string {
  const own = defaultFor(resolveOptions({ statistic: 'scan' }));
  // The length of a regime is another one in the service, whatever the statistic.
  return own === defaultFor(resolveOptions()) ? '' : ` (with the scan: ${String(own)})`;
}

/** The same text for a command line, where the points of the core are readings. */
export function inReadings(meaning: string): string {
  return meaning.replaceAll(/(?<!change )\bpoint(?=s?\b)/g, 'reading');
}

function helpOf({ meaning, unit }: OptionRow<unknown>): string {
  const words = inReadings(meaning);
  return unit === 'unit of the data' ? `${words}; in the unit of the data` : words;
}

/** For the service. @throws RangeError naming the option, its rule and the value */
export function detectorOptions(texts: DetectorTexts): ResolvedOptions {
  return detectorOptionsFromText(only(texts));
}

/** For a detector of this process alone. @throws RangeError naming the option, its rule and the value */
export function freeDetectorOptions(texts: DetectorTexts): ResolvedOptions {
  return freeDetectorOptionsFromText(only(texts));
}

/**
 * The same options for another statistic, to compare the two. It may need a longer regime; then the regime has its usual length. A stated rate
 * of false alarms goes before alpha.
 *
 * @throws RangeError naming the option, its rule and the value
 */
export function withStatistic(texts: DetectorTexts, statistic: ResolvedOptions['statistic']): DetectorTexts {
  const { maxRegimeLength, alpha, falseAlarmEvery, ...others } = { ...only(texts), statistic };
  // 0 is no rate: then the MPP test goes by alpha, and the scan by its usual rate.
  const isRateGiven = falseAlarmEvery !== undefined && Number(falseAlarmEvery) !== 0;
  const { startup } = freeDetectorOptions({ statistic, ...(texts.startup && { startup: texts.startup }) });
  const isLongEnough = Number(maxRegimeLength ?? Number.POSITIVE_INFINITY) >= 2 * startup;
  return {
    ...others,
    ...(isRateGiven ? { falseAlarmEvery } : alpha !== undefined && { alpha }),
    ...(isLongEnough && { maxRegimeLength }),
  };
}

/** The options of the detector among all options of a command. @throws UsageError if two of them say how often it may be wrong */
function only(texts: DetectorTexts): DetectorTexts {
  if (texts.statistic !== 'scan') refuseIfWithoutEffect('alpha', texts);
  return Object.fromEntries(rows.map(([name]) => [name, texts[name]]));
}

/** The same for the detector of the service, by the names of its environment variables. @throws as `detectorOptions` */
export function environmentOfFlags(texts: DetectorTexts): Environment {
  return environmentOfDetector(detectorOptions(texts));
}
