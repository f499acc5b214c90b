import { table } from '../page-tables.ts';
import keepsUp from '../results/keeps-up.json' with { type: 'json' };
import looks from '../results/looks.json' with { type: 'json' };
import memory from '../results/memory.json' with { type: 'json' };

const digits = (count: number) => (value: number) => value.toFixed(count);
const [one, two] = [digits(1), digits(2)];

/** What a look costs, how many looks an instance takes, and what it remembers: tables of `docs/operations.md`. */
export const detectorTables: Readonly<Record<string, string>> = {
  looks: table(
    ['instances', 'remember', 'calls a look', 'read units', 'write units', 'processor, ms', 'warm looks'],
    looks.rows.map((row) => [
      row.instances,
      row.memory ? 'all' : 'nothing',
      two(row.calls),
      one(row.readUnits),
      one(row.writeUnits),
      one(row.processorMs),
      `${Math.round(100 * row.warmShare)} %`,
    ]),
  ),
  'keeps-up': table(
    [
      'devices',
      'window, s',
      'looks at once',
      'looks a second',
      'events a look',
      'lag, s',
      'later',
      'longest',
    ],
    keepsUp.rows.map((row) => [
      row.devices.toLocaleString('en-US'),
      row.windowSeconds,
      row.atOnce,
      row.looksASecond,
      one(row.wavesALook * row.windowSeconds),
      two(row.lagFirstHalfSeconds),
      two(row.lagSecondHalfSeconds),
      two(row.longestLagSeconds),
    ]),
  ),
  memory: table(
    ['series', 'points of each', 'remembered', 'bytes a point', 'peak of the process, MB'],
    memory.rows.map((row) => [
      row.series.toLocaleString('en-US'),
      row.points.toLocaleString('en-US'),
      row.remembered.toLocaleString('en-US'),
      one(row.bytesAPoint),
      row.peakMegabytes,
    ]),
  ),
};
