import { percent, table, thousands } from '../page-tables.ts';
import mppEvery from '../results/mpp-false-alarm-every.json' with { type: 'json' };
import delays from '../results/scan-delays.json' with { type: 'json' };
import falseAlarms from '../results/scan-false-alarms.json' with { type: 'json' };
import rateDelays from '../results/scan-rate-delays.json' with { type: 'json' };
import ties from '../results/scan-ties.json' with { type: 'json' };
import variants from '../results/scan-variants.json' with { type: 'json' };
import { withError } from './mean-and-error.ts';

/** Not measured here: R's cpm 2.3, processStream with the Mann–Whitney statistic and an ARL₀ of 50,000. */
const unsourced = [
  { quiet: 1000, shift: 1, delay: 22.5 },
  { quiet: 1000, shift: 2, delay: 9.1 },
].map((row) => [thousands(row.quiet), row.shift, 'R cpm (no source)', '2.7 %', '', row.delay, '', '', '']);

/** The tables of the scan, and of stated rates, by name. */
export const scanTables: Readonly<Record<string, string>> = {
  'scan-false-alarms': gapTable(falseAlarms.rows),
  'scan-ties': gapTable(ties.rows),
  'scan-variants': table(
    ['option or noise', 'N', 'points', 'false alarms', 'points between them / N'],
    variants.rows.map(({ name, every, points, alarms, between }) => [
      name,
      thousands(every),
      thousands(points),
      alarms,
      between === null
        ? `more than ${digitsOf(points / every, 2)}`
        : withError(between, between / Math.sqrt(alarms)),
    ]),
  ),
  'scan-rate-delays': table(
    [
      'quiet points',
      'change',
      'false alarms before',
      'missed',
      'delay, mean',
      'delay, 90 %',
      'of a CUSUM that knows both',
    ],
    rateDelays.rows.map((row) => [
      thousands(row.quiet),
      `${row.of === 'ones' ? 'share of ones' : 'Poisson mean'} ${row.before} → ${row.after}`,
      percent(row.falseAlarms / row.streams),
      percent(row.missed / row.streams),
      withError(row.delayMean, row.delayError),
      row.delay90 ?? '',
      withError(row.knownMean, row.knownError),
    ]),
  ),
  'scan-delays': table(
    [
      'quiet points',
      'shift, sd',
      'statistic',
      'false alarms before',
      'missed',
      'delay, mean',
      'delay, 90 %',
      'error, median',
      'error, 90 %',
    ],
    [
      ...delays.rows.map((row) => [
        thousands(row.quiet),
        row.shift,
        row.setting,
        percent(row.falseAlarms / row.streams),
        percent(row.missed / row.streams),
        withError(row.delayMean, row.delayError),
        row.delay90 ?? '',
        row.errorMedian ?? '',
        row.error90 ?? '',
      ]),
      ...unsourced,
    ],
  ),
  'mpp-false-alarm-every': table(
    ['N', 'to the first alarm / N', 'alarm by N / 10', 'alarm by N'],
    mppEvery.rows.map((row) => [
      thousands(row.every),
      withError(row.first, row.firstError),
      percent(row.byTenth),
      percent(row.byOne),
    ]),
  ),
};

interface GapRow {
  readonly noise: string;
  readonly every: number;
  readonly first: number;
  readonly firstError: number;
  readonly between: number;
  readonly betweenError: number;
}

function gapTable(rows: readonly GapRow[]): string {
  return table(
    ['noise', 'N', 'to the first alarm / N', 'between alarms / N'],
    rows.map(({ noise, every, first, firstError, between, betweenError }) => [
      noise,
      thousands(every),
      withError(first, firstError),
      withError(between, betweenError),
    ]),
  );
}

function digitsOf(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}
