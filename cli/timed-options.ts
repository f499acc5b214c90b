import type { OptionName, ResolvedOptions } from '@aed/core';
import { timeSpan, timeSpanRule } from '../lambda/time-span.ts';
import { FailedError } from './context.ts';
import type { DetectorTexts } from './detector-options.ts';
import { pointsOfTime, readingsForInterval } from './points-of-time.ts';

/** The options of a series: a time among their texts is turned into points by the interval of its readings. */
export interface TimedOptions {
  /** How many first readings of a series tell its options; 0 if no text is a time. */
  readonly readings: number;
  /**
   * @param times - of these readings, or of all if there are fewer, in epoch milliseconds
   * @throws FailedError naming the option and its time, if the times tell no interval, or if so many points break the rule of the option
   */
  of(times: readonly number[]): SeriesOptions;
}

export interface SeriesOptions {
  readonly options: ResolvedOptions;
  /** The texts of these options, with points for times. */
  readonly texts: DetectorTexts;
  /** What each time came to, for people: `--false-alarm-every 1d = 17280 readings, one every 5s`. */
  readonly words: readonly string[];
}

/** The options that may be a time. */
const timed = ['falseAlarmEvery', 'period'] as const satisfies readonly OptionName[];

/**
 * @param resolve - reads the other texts, and then all of them
 * @throws what `resolve` throws; RangeError for a text that is neither a number nor a time
 */
export function timedOptions(
  texts: DetectorTexts,
  resolve: (texts: DetectorTexts) => ResolvedOptions,
): TimedOptions {
  const times = timed.flatMap((name): TimeGiven[] => {
    const text = texts[name];
    // With an interval the points of a period are known without readings.
    const isKnown = name === 'period' && texts.interval !== undefined;
    return text === undefined || isNumber(text) || isKnown ? [] : [{ name, text }];
  });
  for (const { name, text } of times) {
    if (timeSpan(text) === undefined)
      throw new RangeError(`${name} must be a number of points, or ${timeSpanRule}, got '${text}'`);
  }
  const usual = resolve({ ...texts, ...Object.fromEntries(times.map(({ name }) => [name, undefined])) });
  if (times.length === 0) return { readings: 0, of: () => ({ options: usual, texts, words: [] }) };
  return { readings: readingsForInterval, of: (ofReadings) => inPoints(texts, times, ofReadings, resolve) };
}

interface TimeGiven {
  readonly name: OptionName;
  readonly text: string;
}

function inPoints(
  texts: DetectorTexts,
  given: readonly TimeGiven[],
  times: readonly number[],
  resolve: (texts: DetectorTexts) => ResolvedOptions,
): SeriesOptions {
  const known = given.map(({ name, text }) => {
    const flag = `--${name.replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
    const { points, words } = pointsOfTime(flag, text, times);
    // A period that is a time stays one: its points lie as far apart as fill it.
    const interval = name === 'period' ? { interval: String((timeSpan(text) ?? 0) / 1000 / points) } : {};
    return { values: { [name]: String(points), ...interval }, words: `${flag} ${words}` };
  });
  const words = known.map((one) => one.words);
  try {
    const inReadings = Object.assign({}, texts, ...known.map(({ values }) => values)) as DetectorTexts;
    return { options: resolve(inReadings), texts: inReadings, words };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new FailedError(`${words.join('; ')}: ${error.message}`);
  }
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}
