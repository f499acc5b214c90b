import { AedDetector, type ChangePoint, type Dependence, type DetectorOptions } from '@aed/core';
import { type ReadingTime, timeText } from '../input/reading-time.ts';
import { TimeList } from './time-list.ts';

/** A change point by the numbers of its readings, from 0, bad rows included; and by their times, if there are any. */
export interface FoundChange extends Omit<ChangePoint, 'changedAt' | 'detectedAt'> {
  readonly series: string;
  readonly changedAt: number;
  readonly detectedAt: number;
  readonly changedAtTime?: string;
  /** Of the ends of the interval. */
  readonly changedFromTime?: string;
  readonly changedToTime?: string;
  readonly detectedAtTime?: string;
  /** The first reading of the regime that ended. */
  readonly regimeFrom: number;
  readonly regimeFromTime?: string;
}

/** The dependence of a series that may have a name. */
export interface SeriesDependence extends Dependence {
  readonly seriesId?: string;
}

/** Detects change points in one series, reading by reading. Memory: the numbers and times of one regime. */
export interface SeriesDetection {
  readonly readings: number;
  /** Those of them that have a value. */
  readonly tested: number;
  /** Of the readings of the regime, where the test takes account of it. */
  readonly dependence: Dependence | undefined;
  /** Of the regime; `undefined` right after a change. Cost: a sort. */
  readonly level: AedDetector['level'];
  /** @param place - in the season; if not given, readings with a value are counted */
  push(value: number, time: ReadingTime | undefined, place?: number): FoundChange | undefined;
  /** Counts a reading that has no value. */
  skip(): void;
}

export function seriesDetection(series: string, options: DetectorOptions): SeriesDetection {
  const detector = new AedDetector(options);
  let readings = 0;
  let tested = 0;
  /** Numbers and times of the readings of the regime. `start` is the index of its first reading in the core. */
  let start = 0;
  let numbers: number[] = [];
  const times = new TimeList();

  return {
    get readings() {
      return readings;
    },
    get tested() {
      return tested;
    },
    get dependence() {
      return detector.dependence;
    },
    get level() {
      return detector.level;
    },
    push(value, time, place) {
      tested++;
      numbers.push(readings++);
      times.push(time);
      const found = detector.push(value, place);
      const change = found && name(found);
      if (detector.regimeStart !== start) {
        numbers = numbers.slice(detector.regimeStart - start);
        times.drop(detector.regimeStart - start);
        start = detector.regimeStart;
      }
      return change;
    },
    skip() {
      readings++;
    },
  };

  function name(found: ChangePoint): FoundChange {
    const at = (index: number) => {
      const time = times.at(index - start);
      return { number: numbers[index - start] ?? 0, time: time && timeText(time) };
    };
    const changed = at(found.changedAt);
    const detected = at(found.detectedAt);
    const first = at(start);
    const from = at(found.interval.from);
    const to = at(found.interval.to);
    return {
      ...found,
      series,
      changedAt: changed.number,
      interval: { from: from.number, to: to.number },
      detectedAt: detected.number,
      regimeFrom: first.number,
      ...(changed.time !== undefined && { changedAtTime: changed.time }),
      ...(from.time !== undefined && { changedFromTime: from.time }),
      ...(to.time !== undefined && { changedToTime: to.time }),
      ...(detected.time !== undefined && { detectedAtTime: detected.time }),
      ...(first.time !== undefined && { regimeFromTime: first.time }),
    };
  }
}
