import {
  type DetectorOptions,
  type OptionName,
  optionTable,
  type ResolvedOptions,
  resolveOptions,
} from '@aed/core';
import { isStorable } from './dynamo-number.ts';
import { processingLimits } from './processing-limits.ts';

/** The detector's options in the service: the core's table, with another default and rule for the length of a regime. */
export const serviceOptionTable = {
  ...optionTable,
  maxRegimeLength: {
    ...optionTable.maxRegimeLength,
    default: 10_000,
    rule: `an integer from 2 · startup to ${processingLimits.longestRegime}`,
  },
} satisfies typeof optionTable;

/** The longest period of which the longest regime holds four. */
export const longestPeriod = Math.floor(processingLimits.longestRegime / 4);

/**
 * The options, with the service's own default for the length of a regime.
 *
 * @param usual - that length, unless a startup or a period needs more
 * @throws RangeError naming the option, its rule and the value, if another option breaks its rule
 */
export function withServiceDefaults(
  given: DetectorOptions,
  usual: number = serviceOptionTable.maxRegimeLength.default,
): DetectorOptions {
  checkHasNames(given);
  const { maxRegimeLength, ...others } = given;
  // A regime must hold twice the startup, and four periods.
  const { startup, period } = resolveOptions(others);
  if (maxRegimeLength !== undefined) return given;
  return { ...others, maxRegimeLength: Math.max(usual, 2 * startup, 4 * period) };
}

/**
 * Detector options, also checked against the limits of the service. It cannot hold an unlimited regime, it cannot count the places of a
 * season, and DynamoDB cannot store every number.
 *
 * @throws RangeError naming the option, its rule and the value
 */
export function serviceOptions(given: DetectorOptions): ResolvedOptions {
  const { maxRegimeLength = Number.POSITIVE_INFINITY, ...others } = given;
  const options = { ...resolveOptions(others), maxRegimeLength };
  checkPeriod(options);
  checkRegimeLength(options);
  checkSeason(options);
  for (const [name, value] of Object.entries(options)) {
    if (typeof value !== 'number' || isStorable(value)) continue;
    const rule = storableRules[name as OptionName] ?? '0 or from 1e-130 to below 1e126';
    throw new RangeError(`${name} must be ${rule} in the service, got ${value}`);
  }
  return resolveOptions(given);
}

/**
 * The options of a series that has some of its own. If those break a rule, the service's options and the error: its events must
 * not be held up. If they name another statistic, an option whose default depends on it has the default of that statistic, unless they
 * give it too. If they need longer regimes than the service's, these are as long, unless they give a length.
 *
 * @param own - the content of `options` in the series' HEAD, which anyone may have written
 */
export function optionsOfSeries(
  own: unknown,
  defaults: ResolvedOptions,
): { readonly options: ResolvedOptions; readonly optionsError?: RangeError } {
  try {
    if (own === undefined) return { options: defaults };
    checkHasNames(own);
    const { maxRegimeLength: usual, ...others } = defaults;
    const given = { ...others, ...defaultsOfStatistic(own, defaults), ...own };
    return { options: serviceOptions(withServiceDefaults(given, usual)) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { options: defaults, optionsError: error };
  }
}

/** Where the series names another statistic than the service: the defaults that are not the same for both. */
function defaultsOfStatistic({ statistic }: DetectorOptions, service: ResolvedOptions): DetectorOptions {
  if (statistic === undefined) return {};
  return Object.fromEntries(
    Object.entries(optionTable).flatMap(([name, row]) => {
      const [usual, own] = [row.defaultFor(service), row.defaultFor({ ...service, statistic })];
      return own === usual ? [] : [[name, own]];
    }),
  );
}

/** Refuses a number, a list or a set: without names it would be taken for empty options. */
function checkHasNames(given: unknown): asserts given is DetectorOptions {
  const type = Object.prototype.toString.call(given).slice('[object '.length, -1);
  if (type !== 'Object')
    throw new RangeError(`options must be an object with names, got a value of type ${type}`);
}

/** Before the regime is checked, whose length may follow from the period. */
function checkPeriod({ period }: ResolvedOptions): void {
  if (period <= longestPeriod) return;
  throw new RangeError(
    `period must be at most ${longestPeriod} in the service, where a regime of at most ${processingLimits.longestRegime} points must hold four, got ${period}`,
  );
}

/** Checks a number. The core refuses any other type. */
function checkRegimeLength({ maxRegimeLength, startup }: ResolvedOptions): void {
  const least = 2 * startup;
  const most = processingLimits.longestRegime;
  if (typeof maxRegimeLength !== 'number') return;
  if (Number.isInteger(maxRegimeLength) && maxRegimeLength >= least && maxRegimeLength <= most) return;
  throw new RangeError(
    `maxRegimeLength must be an integer from 2 · startup (${least}) to ${most} in the service, got ${maxRegimeLength}`,
  );
}

/** Checks that places in a season follow from times: a batch does not know how many events came before it. */
function checkSeason({ statistic, period, interval }: ResolvedOptions): void {
  if (statistic !== 'scan' || period === 1 || interval > 0) return;
  throw new RangeError(
    `interval must be greater than 0 in the service with a period of ${period}, got ${interval}`,
  );
}

/** The storable values of an option whose own rule excludes 0 or large numbers. */
const storableRules: { readonly [Name in OptionName]?: string } = {
  alpha: 'at least 1e-130 and less than 1',
};
