import { plain } from '../../lambda/figures.ts';
import { shownLevels } from '../../lambda/move-texts.ts';
import type { ReadingTime } from '../input/reading-time.ts';
import { changeMarks, type DrawnChange } from '../report/change-marks.ts';
import type { Report, ReportSeries } from '../report/report.ts';
import { type Thinner, thinner } from '../report/thin.ts';
import type { FileFindings } from './file-series.ts';
import type { FoundChange } from './series.ts';
import { changeHead, changeRow } from './view.ts';

/** Collects what a report draws. Memory does not grow with the number of rows. */
export interface ReportBuilder {
  reading(series: string, number: number, time: ReadingTime | undefined, value: number): void;
  /** @param value - of the reading at which the change was detected; @param level - what its p-value is below */
  found(change: FoundChange, value: number, level: number): void;
  report(
    title: string,
    valueName: string,
    findings: Pick<FileFindings, 'times' | 'note' | 'seasonNote'>,
  ): Report;
}

/** Number of series in a report: those that come first in the file. */
const mostSeries = 50;

interface Collected {
  readonly points: Thinner;
  readonly changes: { readonly change: FoundChange; readonly value: number; readonly level: number }[];
}

export function reportBuilder(): ReportBuilder {
  const collected = new Map<string, Collected>();
  const left = new Set<string>();
  let xIs: Report['xIs'] | undefined;

  const place = (number: number, time: string | undefined): number =>
    xIs === 'time' && time !== undefined ? Date.parse(time) : number;

  return {
    reading(series, number, time, value) {
      xIs ??= time?.isCalendar === true ? 'time' : 'reading';
      let one = collected.get(series);
      if (one === undefined) {
        if (collected.size === mostSeries) return void left.add(series);
        one = { points: thinner(), changes: [] };
        collected.set(series, one);
      }
      one.points.push(xIs === 'time' && time !== undefined ? time.ms : number, value);
    },
    found(change, value, level) {
      collected.get(change.series)?.changes.push({ change, value, level });
    },
    report(title, valueName, { times, note, seasonNote }) {
      const series = [...collected].map(([name, one]) =>
        seriesOf(name === '' ? valueName : name, one, place),
      );
      const notes = [
        ...(note === undefined ? [] : [note]),
        ...(seasonNote === undefined ? [] : [seasonNote]),
        ...times.map((line) => `${line}.`),
        ...(left.size === 0
          ? []
          : [
              `${plain.counted(left.size, 'more series is', 'more series are')} in the file and not drawn here.`,
            ]),
      ];
      return { title, notes, xIs: xIs ?? 'reading', unit: '', series };
    },
  };
}

function seriesOf(
  name: string,
  { points, changes }: Collected,
  place: (number: number, time: string | undefined) => number,
): ReportSeries {
  const drawn = changes.map(({ change, value }): DrawnChange => {
    const { before, after } = shownLevels(change);
    return {
      from: place(change.regimeFrom, change.regimeFromTime),
      changedAt: place(change.changedAt, change.changedAtTime),
      interval: {
        from: place(change.interval.from, change.changedFromTime),
        to: place(change.interval.to, change.changedToTime),
      },
      detectedAt: place(change.detectedAt, change.detectedAtTime),
      value,
      before,
      after,
    };
  });
  const timed = changes.some(({ change }) => change.changedAtTime !== undefined);
  const found = plain.counted(changes.length, 'change point');
  return {
    name,
    points: points.points(),
    ...changeMarks(drawn),
    description: `Plot of ${name} with ${found}`,
    tables: [
      {
        caption: changes.length === 0 ? 'No change point' : found,
        head: changeHead({ named: false, timed }),
        rows: changes.map(({ change, level }) => changeRow(change, { named: false, timed }, level)),
      },
    ],
  };
}
