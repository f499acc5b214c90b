import { plain } from '../../lambda/figures.ts';
import { shownLevels } from '../../lambda/move-texts.ts';
import { changeMarks, type DrawnChange } from '../report/change-marks.ts';
import { isShownByMean } from '../report/last-level.ts';
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
    ...changeMarks(drawn, levelAtEnd(one, drawn.at(-1))),
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

/** The level that the detector has at the end, as a line since the last change. */
function levelAtEnd(
  { level, changes, from, to }: CollectedSeries,
  last: DrawnChange | undefined,
): LevelLine | undefined {
  const since = last?.detectedAt ?? from;
  if (level === undefined || since === to) return undefined;
  const value = isShownByMean(changes.at(-1)?.change) ? level.mean : level.median;
  return { from: since, to, value };
}
