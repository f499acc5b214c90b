import {
  type DetectorOptions,
  type OptionName,
  optionTable,
  type ResolvedOptions,
  resolveOptions,
} from '@aed/core';
import { isStorable } from './dynamo-number.ts';
import { processingLimits } from './processing-limits.ts';

/** The detector's options as the service has them: the core's table, with a default and a rule of its own for a regime's length. */
export const serviceOptionTable = {
  ...optionTable,
  maxRegimeLength: {
    ...optionTable.maxRegimeLength,
    default: 10_000,
    rule: `an integer from 2 · startup to ${processingLimits.longestRegime}`,
  },
} satisfies typeof optionTable;

/**
 * The options with the defaults of the service where it has its own.
 *
 * @throws RangeError naming the option, its rule and the value, if another option breaks its rule
 */
export function withServiceDefaults(given: DetectorOptions): DetectorOptions {
  checkHasNames(given);
  const { maxRegimeLength, ...others } = given;
  // A long startup needs a regime that has room for it.
  const { startup } = resolveOptions(others);
  const { default: usual } = serviceOptionTable.maxRegimeLength;
  return { ...others, maxRegimeLength: maxRegimeLength ?? Math.max(usual, 2 * startup) };
}

/**
 * Detector options, checked also for what only the service cannot do: hold a regime without end, or store an option
 * that is no number to DynamoDB.
 *
 * @throws RangeError naming the option, its rule and the value
 */
export function serviceOptions(given: DetectorOptions): ResolvedOptions {
  const { maxRegimeLength = Number.POSITIVE_INFINITY, ...others } = given;
  const options = { ...resolveOptions(others), maxRegimeLength };
  checkRegimeLength(options);
  for (const [name, value] of Object.entries(options)) {
    if (typeof value !== 'number' || isStorable(value)) continue;
    const rule = storableRules[name as OptionName] ?? '0 or from 1e-130 to below 1e126';
    throw new RangeError(`${name} must be ${rule} in the service, got ${value}`);
  }
  return resolveOptions(given);
}

/**
 * The options of a series that has some of its own; the service's, and why, if those break a rule: that must not hold up
 * its events.
 *
 * @param own - whatever somebody wrote into its HEAD
 */
export function optionsOfSeries(
  own: unknown,
  defaults: ResolvedOptions,
): { readonly options: ResolvedOptions; readonly optionsError?: RangeError } {
  try {
    if (own === undefined) return { options: defaults };
    checkHasNames(own);
    return { options: serviceOptions({ ...defaults, ...own }) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { options: defaults, optionsError: error };
  }
}

/** A number, list or set has no names, so that it would pass for no options. */
function checkHasNames(given: unknown): asserts given is DetectorOptions {
  const type = Object.prototype.toString.call(given).slice('[object '.length, -1);
  if (type !== 'Object')
    throw new RangeError(`options must be an object with names, got a value of type ${type}`);
}

/** What is no number is left for the core to refuse. */
function checkRegimeLength({ maxRegimeLength, startup }: ResolvedOptions): void {
  const least = 2 * startup;
  const most = processingLimits.longestRegime;
  if (typeof maxRegimeLength !== 'number') return;
  if (Number.isInteger(maxRegimeLength) && maxRegimeLength >= least && maxRegimeLength <= most) return;
  throw new RangeError(
    `maxRegimeLength must be an integer from 2 · startup (${least}) to ${most} in the service, got ${maxRegimeLength}`,
  );
}

/** What is storable of an option whose own rule leaves out 0 or the large numbers. */
const storableRules: { readonly [Name in OptionName]?: string } = {
  alpha: 'at least 1e-130 and less than 1',
};
