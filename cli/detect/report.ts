import type { AedDetector } from '@aed/core';
import type { ReadingTime } from '../input/reading-time.ts';
import type { Report } from '../report/report.ts';
import { thinner } from '../report/thin.ts';
import type { CollectedChange, CollectedSeries } from './collected-series.ts';
import { type ReportedRun, reportFacts } from './report-facts.ts';
import { type PlaceOf, reportSeries } from './report-series.ts';
import { reportSummary } from './report-summary.ts';
import type { FoundChange } from './series.ts';
import { legendOfChanges } from './view.ts';

/** Collects what a report draws. Memory does not grow with the number of rows. */
export interface ReportBuilder {
  reading(series: string, number: number, time: ReadingTime | undefined, value: number): void;
  /** A row without a value: the line may be broken there. */
  missing(series: string): void;
  /** @param value - of the reading at which the change was detected; @param level - what its p-value is below */
  found(change: FoundChange, value: number, level: number): void;
  /** The level at the end of a series, since its last change. */
  ended(series: string, level: AedDetector['level']): void;
  report(title: string, valueName: string, run: ReportedRun): Report;
}

type Collecting = { -readonly [Key in keyof CollectedSeries]: CollectedSeries[Key] } & {
  changes: CollectedChange[];
};

/** Number of series that are drawn: those with a change point come first. */
const mostDrawn = 200;
/** Points are kept of so many series. Of the others the table tells. */
const mostKept = 3_200;
/** Together the series keep the points of so many stretches. */
const stretchesInAll = 200_000;
const mostStretches = 4_000;

export function reportBuilder(): ReportBuilder {
  const collected = new Map<string, Collecting>();
  let xIs: Report['xIs'] | undefined;
  let stretches = mostStretches;

  const placeOf: PlaceOf = (number, time) =>
    xIs === 'time' && time !== undefined ? Date.parse(time) : number;

  function open(name: string, x: number): Collecting {
    const one: Collecting = { name, changes: [], readings: 0, from: x, to: x };
    collected.set(name, one);
    if (collected.size > mostKept) return one;
    if (stretches * collected.size > stretchesInAll) {
      stretches /= 2;
      for (const { points } of collected.values()) points?.shrink(stretches);
    }
    one.points = thinner(stretches);
    return one;
  }

  return {
    reading(series, number, time, value) {
      xIs ??= time?.isCalendar === true ? 'time' : 'reading';
      const x = xIs === 'time' && time !== undefined ? time.ms : number;
      const one = collected.get(series) ?? open(series, x);
      one.readings++;
      one.from = Math.min(one.from, x);
      one.to = Math.max(one.to, x);
      one.points?.push(x, value);
    },
    missing: (series) => collected.get(series)?.points?.missing(),
    found(change, value, level) {
      collected.get(change.series)?.changes.push({ change, value, level });
    },
    ended(series, level) {
      const one = collected.get(series);
      if (one !== undefined && level !== undefined) one.level = level;
    },
    report(title, valueName, run) {
      const named = [...collected.values()].map((one) =>
        one.name === '' ? { ...one, name: valueName } : one,
      );
      const all = [
        ...named.filter(({ changes }) => changes.length > 0),
        ...named.filter(({ changes }) => changes.length === 0),
      ];
      const drawn = all.filter(({ points }) => points !== undefined).slice(0, mostDrawn);
      return {
        title,
        ...reportFacts(run, all, xIs ?? 'reading', all.length - drawn.length),
        xIs: xIs ?? 'reading',
        unit: '',
        ...(drawn.some(({ changes }) => changes.length > 0) && { columns: legendOfChanges(run.options) }),
        ...(all.length > 1 && { summary: reportSummary(all, drawn, placeOf) }),
        series: drawn.map((one) => reportSeries(one, placeOf)),
      };
    },
  };
}
