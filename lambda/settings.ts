import { AedDetector, type DetectorOptions } from '@aed/core';
import { isStorable } from './dynamo-number.ts';
import { limits } from './limits.ts';

/** The variables that a function finds in its environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The names of the three fields in a record's JSON. */
export interface FieldNames {
  readonly seriesId: string;
  readonly timestamp: string;
  readonly value: string;
}

export const defaultFieldNames: FieldNames = { seriesId: 'seriesId', timestamp: 'timestamp', value: 'value' };

/** Settings that are whole numbers: the least and the most they may be, and what they are unless told otherwise. */
export const integerSettings = {
  /** Days after an event's own time at which it may be deleted. */
  eventRetentionDays: { least: 1, most: 36_500, byDefault: 365 },
  /** How far ahead of its arrival an event may lie. */
  maxFutureSkewSeconds: { least: 0, most: 24 * 3600, byDefault: 300 },
} as const satisfies Record<string, IntegerRule>;

export interface IntegerRule {
  readonly least: number;
  readonly most: number;
  readonly byDefault: number;
}

/** Points of a regime at which the service sets a new start, unless told otherwise. */
export const defaultMaxRegimeLength = 10_000;

/** Detector options as text. */
export type DetectorText = Readonly<{ [Name in keyof DetectorOptions]?: string | undefined }>;

/**
 * Detector options from text, as settings, environment and command line give them; what is absent keeps its default.
 *
 * @throws RangeError naming the option, its rule and the text
 */
export function detectorOptionsFromText(text: DetectorText): Required<DetectorOptions> {
  return serviceOptions(givenInText(text));
}

/**
 * The same for a detector outside the service: it can hold a regime without end, and nothing has to be stored.
 *
 * @throws RangeError naming the option, its rule and the text
 */
export function freeDetectorOptionsFromText(text: DetectorText): Required<DetectorOptions> {
  return new AedDetector(givenInText(text)).options;
}

function givenInText(text: DetectorText): DetectorOptions {
  const options: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(text)) {
    if (value === undefined) continue;
    options[name] = name === 'restart' ? value : optionFromText(name, value);
  }
  const { maxRegimeLength, ...others } = options;
  // A long startup needs a regime that has room for it.
  const { startup } = new AedDetector(others).options;
  return { maxRegimeLength: Math.max(defaultMaxRegimeLength, 2 * startup), ...options };
}

/**
 * Detector options from the variables ALPHA, PRACTICAL_THRESHOLD, STARTUP, WINDOW, RESTART and MAX_REGIME_LENGTH.
 *
 * @throws RangeError naming the option, its rule and the text
 */
export function detectorOptionsFromEnvironment(environment: Environment): Required<DetectorOptions> {
  return detectorOptionsFromText({
    alpha: environment.ALPHA,
    practicalThreshold: environment.PRACTICAL_THRESHOLD,
    startup: environment.STARTUP,
    window: environment.WINDOW,
    restart: environment.RESTART,
    maxRegimeLength: environment.MAX_REGIME_LENGTH,
  });
}

/** The variables that say these options, as plain text. */
export function environmentOfDetector(options: Required<DetectorOptions>) {
  return {
    ALPHA: String(options.alpha),
    PRACTICAL_THRESHOLD: String(options.practicalThreshold),
    STARTUP: String(options.startup),
    WINDOW: String(options.window),
    RESTART: options.restart,
    MAX_REGIME_LENGTH: String(options.maxRegimeLength),
  };
}

/**
 * Detector options, checked also for what only the service cannot do: hold a regime without end, or store an option
 * that is no number to DynamoDB.
 *
 * @throws RangeError naming the option, its rule and the value
 */
export function serviceOptions(given: DetectorOptions): Required<DetectorOptions> {
  const { maxRegimeLength = Number.POSITIVE_INFINITY, ...others } = given;
  const { alpha, practicalThreshold, startup } = new AedDetector(others).options;
  const least = 2 * startup;
  if (
    !(
      Number.isInteger(maxRegimeLength) &&
      maxRegimeLength >= least &&
      maxRegimeLength <= limits.longestRegime
    )
  ) {
    throw new RangeError(
      `maxRegimeLength must be an integer from 2 · startup (${least}) to ${limits.longestRegime} in the service, got ${maxRegimeLength}`,
    );
  }
  if (!isStorable(alpha)) {
    throw new RangeError(`alpha must be at least 1e-130 and less than 1 in the service, got ${alpha}`);
  }
  if (!isStorable(practicalThreshold)) {
    throw new RangeError(
      `practicalThreshold must be 0 or from 1e-130 to below 1e126 in the service, got ${practicalThreshold}`,
    );
  }
  return new AedDetector(given).options;
}

/** Only a regime may be without end. */
function optionFromText(name: string, text: string): number {
  return name === 'maxRegimeLength' && text === 'Infinity'
    ? Number.POSITIVE_INFINITY
    : numberFromText(name, text);
}

/** @throws RangeError naming the setting and the text, if it is not a finite decimal number */
function numberFromText(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw new RangeError(`${name} must be a number, got '${text}'`);
  }
  return value;
}

/** The integer in a text, or the default without one. @throws RangeError naming the setting, the bounds and the text */
export function integerFromText(
  name: string,
  text: string | undefined,
  { least, most, byDefault }: IntegerRule,
): number {
  if (text === undefined) return byDefault;
  const value = numberFromText(name, text);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${name} must be an integer from ${least} to ${most}, got '${text}'`);
  }
  return value;
}

/** @throws RangeError naming the variable, if it is absent or empty */
export function required(environment: Environment, name: string): string {
  const value = environment[name];
  if (value === undefined || value === '') throw new RangeError(`${name} must be set in the environment`);
  return value;
}
