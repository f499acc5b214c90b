import { plain } from '../../lambda/figures.ts';
import { moveTexts, shownLevels } from '../../lambda/move-texts.ts';
import type { SummaryCell, SummaryTable } from '../report/report.ts';
import type { CollectedSeries } from './collected-series.ts';
import type { PlaceOf } from './report-series.ts';

/**
 * Every series in a row, with its newest change.
 *
 * @param all - in the order of the rows; @param drawn - those that have a plot, in its order
 */
export function reportSummary(
  all: readonly CollectedSeries[],
  drawn: readonly CollectedSeries[],
  placeOf: PlaceOf,
): SummaryTable {
  const places = new Map(drawn.map((one, index) => [one, index]));
  const changed = all.filter(({ changes }) => changes.length > 0).length;
  return {
    caption: `${plain.counted(all.length, 'series', 'series')}, ${changed} of them with a change point; these are listed first`,
    head: ['series', 'readings', 'change points', 'newest change', 'level', 'size'],
    rows: all.map((one) => {
      const place = places.get(one);
      return { ...(place !== undefined && { drawn: place }), cells: cellsOf(one, placeOf) };
    }),
  };
}

function cellsOf(
  { name, readings, changes, level }: CollectedSeries,
  placeOf: PlaceOf,
): readonly SummaryCell[] {
  const counts = [{ text: name }, number(readings), number(changes.length)];
  const newest = changes.at(-1)?.change;
  const none: SummaryCell = { text: '–', value: null };
  if (newest === undefined)
    return [
      ...counts,
      none,
      level === undefined ? none : { text: plain.level(level.median), value: level.median },
      none,
    ];
  const { changedAt, changedAtTime } = newest;
  const { levels, size } = moveTexts(newest, plain);
  return [
    ...counts,
    { text: changedAtTime ?? `reading ${changedAt}`, value: placeOf(changedAt, changedAtTime) },
    { text: levels, value: shownLevels(newest).after },
    { text: size, value: newest.magnitude },
  ];
}

function number(value: number): SummaryCell {
  return { text: plain.count(value), value };
}
