import { typeset } from '../../lambda/figures.ts';
import { table } from '../page-tables.ts';
import real from '../results/real-seasons.json' with { type: 'json' };
import seasons from '../results/scan-seasons.json' with { type: 'json' };
import intervals from '../results/season-intervals.json' with { type: 'json' };
import ties from '../results/season-ties.json' with { type: 'json' };
import warnings from '../results/season-warnings.json' with { type: 'json' };
import { heldShare } from './intervals/interval-tables.ts';
import { withError } from './mean-and-error.ts';

interface Rate {
  readonly alarms: number;
  readonly first: number | null;
}

/** A multiple of N with its standard error. */
function shown({ alarms, first }: Rate): string {
  return first === null ? 'none' : withError(first, first / Math.sqrt(alarms));
}

const sizes = [256, 1440, 4096];

/** The settings of the real series, and their columns. */
const settings = {
  '': 'MPP',
  '--statistic scan': 'scan',
  '--statistic scan --period 24h': '`--period 24h`',
  '--statistic scan --period 7d': '`--period 7d`',
};

/** To the minute: 2014-11-27 06:30. */
const minute = (time = '') => time.slice(0, 16).replace('T', ' ');

const taxi = real.rows.find(({ series, flags }) => series.endsWith('nyc_taxi.csv') && flags.endsWith('7d'));

/** The tables of docs/seasons.md. */
export const seasonTables: Readonly<Record<string, string>> = {
  'season-rates': table(
    ['period of the data', 'period given', "`dependence: 'auto'`", "`'independent'`"],
    seasons.rows.flatMap(({ period, given, independent, auto }) =>
      independent === undefined || auto === undefined
        ? []
        : [[period, given === 1 ? 'none' : String(given), shown(auto), shown(independent)]],
    ),
  ),
  'season-ties': table(
    ['noise', 'period', "`dependence: 'auto'`", "`'independent'`"],
    ties.rows.map(({ noise, period, every, points, auto, independent }) => {
      const alarms = points / every;
      const rate = (share: number) => withError(share, Math.sqrt(share / alarms));
      return [noise, period, rate(auto), rate(independent)];
    }),
  ),
  'season-delays': table(
    [
      'period',
      'periods before the step',
      'step, sd',
      'delay with the period given',
      'delay without a season',
    ],
    seasons.rows.flatMap(({ period, periods, step, given, known }) =>
      typeof given !== 'object' || known === undefined
        ? []
        : [[period, periods, step, withError(given.mean, given.error), withError(known.mean, known.error)]],
    ),
  ),
  'season-real': table(
    ['series', 'readings', ...Object.values(settings), 'season told'],
    [...new Set(real.rows.map(({ series }) => series))].map((series) => {
      const rows = real.rows.filter((row) => row.series === series);
      return [
        series.replace(/^.*\//, ''),
        String(rows[0]?.readings),
        ...Object.keys(settings).map((flags) => String(rows.find((row) => row.flags === flags)?.found)),
        rows[0]?.isSeasonTold ? 'yes' : 'no',
      ];
    }),
  ),
  'season-taxi': table(
    ['since', 'known at', 'trips in half an hour'],
    (taxi?.changes ?? []).map(({ changedAtTime, detectedAtTime, magnitude }) => [
      minute(changedAtTime),
      minute(detectedAtTime),
      typeset.signed(magnitude),
    ]),
  ),
  'season-intervals': table(
    ['noise', 'period', 'periods before the step', 'step, sd', 'place held', 'length, points', 'size held'],
    intervals.rows.map(({ noise, period, periods, step, alarms, held, lengthMean, sizeHeld }) => [
      ...[noise, period, periods, step],
      ...[heldShare(held, alarms), lengthMean, heldShare(sizeHeld, alarms)],
    ]),
  ),
  'season-warnings': table(
    ['series', ...sizes.map((points) => `${points} points`)],
    [...new Set(warnings.rows.map(({ noise }) => noise))].map((noise) => [
      noise,
      ...sizes.map((points) => {
        const row = warnings.rows.find((one) => one.noise === noise && one.points === points);
        return row === undefined ? '' : `${row.seen} of ${row.series}`;
      }),
    ]),
  ),
};
