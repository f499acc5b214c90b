import type { AedDetector, ResolvedOptions } from '@aed/core';
import { plain } from '../../lambda/figures.ts';
import { type DetectorTexts, freeDetectorOptions, withStatistic } from '../detector-options.ts';
import { fileWander, remediesOfFlags } from '../file-wander.ts';
import { epochMs, type ReadingTime } from '../input/reading-time.ts';
import { fileSeasons } from '../season/file-seasons.ts';
import { type TimedOptions, timedOptions } from '../timed-options.ts';
import { equalReadings } from './equal-readings.ts';
import { type HeldSeries, heldSeries, type ReadingTaker } from './held-series.ts';
import { placeOfReading } from './place-of-reading.ts';
import { type FoundChange, type SeriesDependence, type SeriesDetection, seriesDetection } from './series.ts';

/** Callbacks for the readings and change points of each series, with its options. */
export interface FileListener {
  reading(series: string, number: number, time: ReadingTime | undefined, value: number): void;
  /** @param value - of the reading at which the change was detected */
  found(change: FoundChange, value: number, options: ResolvedOptions): void;
  /** A reading that has no value. */
  missing?(series: string): void;
  /** The level at the end of a series. It costs a sort, and is only worked out for a listener that has this. */
  ended?(series: string, level: AedDetector['level']): void;
}

/** What is known of the series of a file at its end. */
export interface FileFindings {
  readonly series: number;
  /** Of the series with the most readings that have a value. */
  readonly longest: { readonly tested: number; readonly options: ResolvedOptions } | undefined;
  /** What the times among the options came to: a line each. */
  readonly times: readonly string[];
  /** The series whose readings resemble their neighbours most at the end, where the test asks for that. */
  readonly dependence: SeriesDependence | undefined;
  /** What a reader should know before believing the change points. */
  readonly note: string | undefined;
  /** That there is a season, where the options do not take it into account. */
  readonly seasonNote: string | undefined;
}

/** The series of a file. */
export interface FileSeries {
  /** What is held back at first, and why; `undefined` if nothing is. */
  readonly heldBack: string | undefined;
  /** Takes the readings of one of them. */
  of(series: string): ReadingTaker<ReadingTime>;
  /** @throws FailedError if the times of a short series do not tell its options */
  end(): FileFindings;
}

interface Begun {
  readonly name: string;
  readonly detection: SeriesDetection;
  readonly options: ResolvedOptions;
}

/** @throws RangeError for texts that are no options */
export function fileSeries(texts: DetectorTexts, listener: FileListener): FileSeries {
  const own = timedOptions(texts, freeDetectorOptions);
  const ofScan = timedOptions(withStatistic(texts, 'scan'), freeDetectorOptions);
  const wander = fileWander();
  const seasons = fileSeasons();
  const equals = equalReadings();
  const series = new Map<string, HeldSeries<ReadingTime>>();
  const begun: Begun[] = [];
  const times = new Map<string, number>();

  function begin(name: string, firstTimes: readonly number[]): ReadingTaker<ReadingTime> {
    const { options, words } = own.of(firstTimes);
    const placeOf = placeOfReading(name, options);
    for (const line of words) times.set(line, (times.get(line) ?? 0) + 1);
    const detection = seriesDetection(name, options);
    begun.push({ name, detection, options });
    const season = seasons.follow(options);
    const watch =
      options.statistic === 'scan' ? undefined : wander.follow(options, ofScan.of(firstTimes).options);
    const equal = options.practicalThreshold > 0 ? equals.follow(name) : undefined;
    return {
      push(value, time) {
        const number = detection.readings;
        const place = placeOf(number, time);
        listener.reading(name, number, time, value);
        const change = detection.push(value, time, place);
        watch?.push(value, place);
        season.push(value, place, time);
        equal?.push(value);
        if (change === undefined) return;
        equal?.changed();
        listener.found(change, value, options);
      },
      skip() {
        detection.skip();
        listener.missing?.(name);
      },
    };
  }

  return {
    heldBack: own.readings === 0 ? undefined : heldBack(own),
    of(name) {
      let one = series.get(name);
      if (one === undefined) {
        one = heldSeries(own.readings, epochMs, (firstTimes) => begin(name, firstTimes));
        series.set(name, one);
      }
      return one;
    },
    end() {
      for (const one of series.values()) one.end();
      for (const { name, detection } of begun) listener.ended?.(name, detection.level);
      const seasonNote = seasons.note();
      const longest = begun.reduce<Begun | undefined>(
        (most, one) => (most !== undefined && most.detection.tested >= one.detection.tested ? most : one),
        undefined,
      );
      return {
        series: series.size,
        longest: longest && { tested: longest.detection.tested, options: longest.options },
        times: [...times].map(([line, count]) =>
          series.size === 1 ? line : `${line} (${plain.counted(count, 'series', 'series')})`,
        ),
        dependence: strongest(begun),
        note:
          longest &&
          (wander.note(remediesOfFlags(longest.options.practicalThreshold, seasonNote !== undefined)) ??
            equals.note()),
        seasonNote,
      };
    },
  };
}

function heldBack({ readings, flags }: TimedOptions): string {
  return `holding back the first ${readings} readings of each series, which tell how far apart they are; with ${flags.join(' and ')} in readings, not as a time, none is held back`;
}

function strongest(series: readonly Begun[]): SeriesDependence | undefined {
  let most: SeriesDependence | undefined;
  for (const { name, detection } of series) {
    const { dependence } = detection;
    if (dependence !== undefined && dependence.inflation > (most?.inflation ?? 0))
      most = { ...(name !== '' && { seriesId: name }), ...dependence };
  }
  return most;
}
