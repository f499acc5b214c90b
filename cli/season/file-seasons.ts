import type { ResolvedOptions } from '@aed/core';
import { medianInterval } from '../../lambda/median-interval.ts';
import { aboutSpanText, nearSpanText, spanText } from '../../lambda/time-span.ts';
import { epochMs, type ReadingTime } from '../input/reading-time.ts';
import { readingsForInterval } from '../points-of-time.ts';
import { blindNote, hasSeason, unheldNote } from './learning-notes.ts';
import { mostForSeason, seasonIn } from './season-in.ts';
import { withoutPlaces } from './without-places.ts';

/** Follows the series of a file, to tell whether they have a season that the options do not take into account. */
export interface FileSeasons {
  /** Follows another series. */
  follow(options: ResolvedOptions): SeasonWatch;
  /** What is to be said of the readings so far, if anything. */
  note(): string | undefined;
}

export interface SeasonWatch {
  push(value: number, place: number | undefined, time: ReadingTime | undefined): void;
}

/** No more series are looked at: each takes up to 0.1 s and 500 kB. */
const mostWatched = 10;

interface Watched extends SeasonWatch {
  readonly options: ResolvedOptions;
  readonly values: number[];
  readonly places: number[];
  /** Of the first readings. */
  readonly times: number[];
}

export function fileSeasons(): FileSeasons {
  const watched: Watched[] = [];
  let series = 0;
  return {
    follow(options) {
      series++;
      if (watched.length === mostWatched) return { push() {} };
      const one: Watched = {
        options,
        values: [],
        places: [],
        times: [],
        push(value, place = 0, time) {
          if (one.values.length === mostForSeason) return;
          one.values.push(value);
          one.places.push(place);
          const at = one.values.length <= readingsForInterval ? epochMs(time) : undefined;
          if (at !== undefined) one.times.push(at);
        },
      };
      watched.push(one);
      return one;
    },
    note() {
      const first = (noteOf: (one: Watched) => string | undefined) =>
        watched.map(noteOf).find((note) => note !== undefined);
      return (
        first(({ options, times }) => unheldNote(options, times)) ??
        untoldSeason(watched, series) ??
        first(({ options }) => blindNote(options))
      );
    },
  };
}

/** Which season the options do not take into account, if there is one. @param series - how many there are */
function untoldSeason(watched: readonly Watched[], series: number): string | undefined {
  const found = watched.flatMap((one) => {
    const season = hasSeason(one.options) ? seasonBeside(one) : seasonIn(one.values);
    return season === undefined ? [] : [{ ...one, season }];
  });
  const [first] = found;
  if (first === undefined) return undefined;
  const { options, season } = first;
  const interval = medianInterval(first.times);
  const span = interval === undefined ? undefined : season * interval;
  const length = `${season} readings${span === undefined ? '' : ` (${aboutSpanText(span)})`}`;
  const where = series === 1 ? '' : ` in ${found.length} of the first ${watched.length} series`;
  if (hasSeason(options)) {
    return `With a period of ${options.period} readings a season of about ${length} remains${where}, and a season is no change; is the period right?`;
  }
  const { period, condition } = span === undefined ? { period: season, condition: '' } : periodNear(span);
  const flags = `${options.statistic === 'scan' ? '' : '--statistic scan '}--period ${period}`;
  return `The readings have a season of about ${length}${where}, and a season is no change; ${flags} compares like with like${condition}.`;
}

/**
 * The season that a period leaves, if it leaves one. A wrong period makes multiples and neighbours of it out of a season; so the readings
 * themselves tell its length, unless the period has that one.
 */
function seasonBeside({ values, places, options: { period } }: Watched): number | undefined {
  const remaining = seasonIn(withoutPlaces(values, places));
  if (remaining === undefined) return undefined;
  const own = seasonIn(values) ?? remaining;
  const times = Math.round(period / own);
  // A season is known to the nearest reading.
  const isTaken = times > 0 && Math.abs(period - times * own) <= times / 2;
  return isTaken ? remaining : own;
}

const natural = [
  { span: 86_400_000, period: '24h', condition: ' if it is a day' },
  { span: 604_800_000, period: '7d', condition: ' if it is a week' },
];
/** A season that is seen a few times is as long as this, more or less. */
const inexact = 0.15;

/** What to give as the period: the length itself, or a day or week that it may be. */
function periodNear(span: number): { readonly period: string; readonly condition: string } {
  // A season is not found to the reading.
  const period = nearSpanText(span);
  const near = natural.find((one) => Math.abs(one.span - span) <= inexact * one.span);
  return near === undefined || period === spanText(near.span) ? { period, condition: '' } : near;
}
