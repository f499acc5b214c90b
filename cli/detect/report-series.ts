import { plain } from '../../lambda/figures.ts';
import { shownLevels } from '../../lambda/move-texts.ts';
import { changeMarks, type DrawnChange } from '../report/change-marks.ts';
import type { LevelLine, ReportSeries } from '../report/report.ts';
import type { CollectedChange, CollectedSeries } from './collected-series.ts';
import { changeHead, changeRow } from './view.ts';

/** x of a reading, by its number and its time. */
export type PlaceOf = (number: number, time: string | undefined) => number;

/** A series as a report draws it. */
export function reportSeries(one: CollectedSeries, placeOf: PlaceOf): ReportSeries {
  const { name, points, changes } = one;
  const drawn = changes.map((found) => drawnChange(found, placeOf));
  const timed = changes.some(({ change }) => change.changedAtTime !== undefined);
  const found = plain.counted(changes.length, 'change point');
  return {
    name,
    points: points?.points() ?? { x: [], y: [] },
    ...changeMarks(drawn, lastLevel(one, drawn.at(-1))),
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

function drawnChange({ change, value }: CollectedChange, placeOf: PlaceOf): DrawnChange {
  const { before, after } = shownLevels(change);
  return {
    from: placeOf(change.regimeFrom, change.regimeFromTime),
    changedAt: placeOf(change.changedAt, change.changedAtTime),
    interval: {
      from: placeOf(change.interval.from, change.changedFromTime),
      to: placeOf(change.interval.to, change.changedToTime),
    },
    detectedAt: placeOf(change.detectedAt, change.detectedAtTime),
    value,
    before,
    after,
  };
}

/** The level since the last change: a median, or a mean where only that showed the change. */
function lastLevel(
  { level, changes, from, to }: CollectedSeries,
  last: DrawnChange | undefined,
): LevelLine | undefined {
  const change = changes.at(-1)?.change;
  const since = last?.detectedAt ?? from;
  if (level === undefined || since === to) return undefined;
  const isMean = change !== undefined && shownLevels(change).by === 'mean';
  return { from: since, to, value: isMean ? level.mean : level.median };
}
