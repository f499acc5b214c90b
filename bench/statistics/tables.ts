import { fillTables, percent, table, thousands } from '../page-tables.ts';
import choosing from '../results/choosing.json' with { type: 'json' };
import delays from '../results/delays.json' with { type: 'json' };
import falseAlarms from '../results/false-alarms.json' with { type: 'json' };
import minimumEffect from '../results/minimum-effect.json' with { type: 'json' };
import trends from '../results/trends.json' with { type: 'json' };
import wander from '../results/wander.json' with { type: 'json' };
import { dependenceTables } from './dependence-tables.ts';
import { intervalTables } from './intervals/interval-tables.ts';
import { limitTables } from './limits/limit-tables.ts';
import { withError } from './mean-and-error.ts';
import { scanTables } from './scan-tables.ts';
import { seasonTables } from './season-tables.ts';

/** The pages of `docs` that have tables. */
export const pagesWithTables = ['statistics.md', 'choosing.md', 'seasons.md'];

/** Their tables by name, in Markdown, made from the results of the simulations. */
export const tables: Readonly<Record<string, string>> = {
  ...scanTables,
  ...dependenceTables,
  ...seasonTables,
  ...intervalTables,
  ...limitTables,
  'false-alarms': table(
    ['alpha', ...[100, 500, 1000, 5000].map((points) => `by ${thousands(points)} points`)],
    [
      [1, 0.05],
      [3, 0.01],
      [6, 0.001],
      [9, 0.0001],
    ].map(([column = 0, alpha = 0]) => [
      alpha,
      ...falseAlarms.rows
        .filter(({ points }) => [100, 500, 1000, 5000].includes(points))
        .map(({ series, alarms }) => rate((alarms[column] ?? 0) / series, series)),
    ]),
  ),
  'minimum-effect': table(
    ['noise', 'true shift', 'this package', 'dead zone', 'size checked afterwards'],
    minimumEffect.rows.map(({ noise, multiple, series, inside, deadZone, afterwards }) => [
      noise,
      `${multiple} δ`,
      ...[inside, deadZone, afterwards].map((count) => percent(count / series)),
    ]),
  ),
  delays: table(
    [
      'quiet points',
      'shift, sd',
      'missed',
      'delay, mean',
      'delay, 90 %',
      'error, median',
      'error, 90 %',
      'error, mean',
      'mean error of the largest |U|',
    ],
    delays.rows.map((row) => [
      thousands(row.quiet),
      row.shift,
      percent(row.missed / row.series),
      row.delayMean,
      row.delay90,
      row.errorMedian,
      row.error90,
      row.errorMean,
      row.errorOfLargestMean,
    ]),
  ),
  wander: table(
    ['series', 'with the note', 'change points by `mpp`', 'by `scan`', 'correlation in the note'],
    wander.rows.map(({ name, series, noted, reported, byScan, correlation }) => [
      name,
      percent(noted / series),
      reported,
      byScan,
      correlation ?? '–',
    ]),
  ),
  trends: table(
    ['series', 'δ', 'changes', 'of which drifting before', 'of which the same way'],
    trends.rows.map(({ series, practicalThreshold, changes, drifted, sameWay }) => [
      series,
      practicalThreshold,
      changes,
      drifted,
      sameWay,
    ]),
  ),
};

/** The walks through the decision tree, which stand on another page. */
const walks = table(
  ['data', 'what is known of it', 'answers', 'flags', 'reported', 'right', 'without a flag'],
  choosing.rows.map(({ data, known, answers, flags, reported, right, byDefault, note }) => [
    data,
    known,
    answers.join('<br>'),
    flags === '' ? 'none' : `\`${flags}\``,
    reported.length === 0
      ? 'nothing'
      : reported
          .map(({ changedAt, direction }) => `${direction === 'up' ? '▲' : '▼'} ${changedAt}`)
          .join(', '),
    right ? `yes, in ${answers.length} answers` : '**no**',
    `${byDefault}${note ? ', with the note' : ''}`,
  ]),
);

/** The page with its current tables. */
export function withTables(page: string): string {
  return fillTables(page, { ...tables, walks });
}

/** A rate with its standard error. */
function rate(value: number, series: number): string {
  const error = Math.sqrt((value * (1 - value)) / series);
  return withError(Number(value.toPrecision(2)), error);
}
