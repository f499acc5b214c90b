import { type OptionName, optionTable, type ResolvedOptions } from '@aed/core';
import { nearSpanText, spanText, timeSpan, timeSpanRule } from '../lambda/time-span.ts';
import { FailedError } from './context.ts';
import type { DetectorTexts } from './detector-options.ts';
import { byFlags, flagOf } from './flag-name.ts';
import { periodInPlaces } from './period-in-places.ts';
import { everyInWords, pointsOfTime, readingsForInterval } from './points-of-time.ts';

/** The options of a series: a time among their texts is turned into points by the interval of its readings. */
export interface TimedOptions {
  /** How many first readings of a series tell its options; 0 if no text is a time. */
  readonly readings: number;
  /** The flags whose times these tell. */
  readonly flags: readonly string[];
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
  given: DetectorTexts,
  resolve: (texts: DetectorTexts) => ResolvedOptions,
): TimedOptions {
  const { texts, words } = withPlaces(given);
  const times = timed.flatMap((name): TimeGiven[] => {
    const text = texts[name];
    return text === undefined || isNumber(text) ? [] : [{ name, text }];
  });
  for (const { name, text } of times) {
    if (timeSpan(text) === undefined)
      throw new RangeError(`${name} must be a number of readings, or ${timeSpanRule}, got '${text}'`);
  }
  const usual = resolve({ ...texts, ...Object.fromEntries(times.map(({ name }) => [name, undefined])) });
  if (times.length === 0) return { readings: 0, flags: [], of: () => ({ options: usual, texts, words }) };
  return {
    readings: readingsForInterval,
    flags: times.map(({ name }) => flagOf(name)),
    of: (ofReadings) => inPoints(texts, times, ofReadings, resolve, words),
  };
}

/** With an interval the places of a period that is a time are known without readings. */
function withPlaces(texts: DetectorTexts): {
  readonly texts: DetectorTexts;
  readonly words: readonly string[];
} {
  const { period = '', interval = '', maxRegimeLength } = texts;
  const milliseconds = timeSpan(interval) ?? 1000 * Number(interval);
  const span = timeSpan(period);
  if (span === undefined || !(milliseconds > 0)) return { texts, words: [] };
  const every = `one every ${spanText(milliseconds)}`;
  const { values, words } = periodInPlaces(period, milliseconds, every, maxRegimeLength);
  return { texts: { ...texts, ...values }, words: [words] };
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
  wordsBefore: readonly string[],
): SeriesOptions {
  const known = given.map(({ name, text }) => {
    const { points, interval, words } = pointsOfTime(flagOf(name), text, times);
    if (name === 'period') {
      const every = everyInWords(times, interval);
      return { ...periodInPlaces(text, interval, every, texts.maxRegimeLength), limit: '' };
    }
    return {
      values: { [name]: String(points) },
      words: `${flagOf(name)} ${words}`,
      limit: timeLimit(name, points, interval),
    };
  });
  const words = [...wordsBefore, ...known.map((one) => one.words)];
  try {
    const inReadings = Object.assign({}, texts, ...known.map(({ values }) => values)) as DetectorTexts;
    return { options: resolve(inReadings), texts: inReadings, words };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new FailedError(
      `${words.join('; ')}: ${byFlags(error.message)}${known.map(({ limit }) => limit).join('')}`,
    );
  }
}

/** The time at which so many points would keep the rule of an option, in words; nothing if they are within its bounds. */
function timeLimit(name: OptionName, points: number, interval: number): string {
  const { bounds } = optionTable[name];
  if (bounds === undefined || (points >= bounds.least && points <= bounds.most)) return '';
  return points < bounds.least
    ? `; the shortest time is ${nearSpanText(bounds.least * interval, Math.ceil)}, or ${bounds.least} readings`
    : `; the longest time is ${nearSpanText(bounds.most * interval, Math.floor)}, or ${bounds.most} readings`;
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}
