import { readFile } from 'node:fs/promises';
import { table, thousands } from '../page-tables.ts';
import { monthlyPrice, type Price, priceOfMillion, type Terms } from './money.ts';
import type { Load } from './run-service.ts';
import type { Usage } from './usage.ts';

type Row = Load & Usage & { readonly service: string };

const { rows }: { readonly rows: readonly Row[] } = JSON.parse(
  await readFile(new URL('../results/cost.json', import.meta.url), 'utf8'),
);

const kept: Terms = { capacity: 'on demand', retentionDays: 365, pointInTimeRecovery: true };
const frugal: Terms = { capacity: 'provisioned', retentionDays: 30, pointInTimeRecovery: false };
const [originalName, currentName] = ['original design', 'now'];

/** The use of a service at a load with long regimes and many instances. */
function usageOf(service: string, batch: number): Usage {
  const row = rows.find(
    (one) => one.service === service && one.regime === 10_000 && one.instances === 16 && one.batch === batch,
  );
  if (row === undefined)
    throw new RangeError(`bench/results/cost.json must have ${service} at batches of ${batch}`);
  return row;
}

const ways: readonly (readonly [name: string, price: Price])[] = [
  ['original design: a full reload for every event', priceOfMillion(usageOf(originalName, 2), kept)],
  ['an event a look', priceOfMillion(usageOf(currentName, 2), kept)],
  ['60 events a look', priceOfMillion(usageOf(currentName, 120), kept)],
  [
    '60 events a look, provisioned, 30 days, no point-in-time recovery',
    priceOfMillion(usageOf(currentName, 120), frugal),
  ],
];

const dollars = (amount: number) => (amount >= 100 ? thousands(Math.round(amount)) : amount.toFixed(2));

export const tables: Readonly<Record<string, string>> = {
  'cost-counts': table(
    ['points', 'series', 'instances', 'batch', 'service', 'read units', 'write units', 'calls', 'runs', 'kB'],
    rows.map((row) => [
      thousands(row.regime),
      thousands(row.series),
      row.instances,
      thousands(row.batch),
      row.service,
      ...[row.readUnits, row.writeUnits, row.requests, row.invocations, Math.round(row.bytes / 1000)].map(
        thousands,
      ),
    ]),
  ),
  'cost-million': table(
    ['', 'stream', 'writes', 'reads', 'functions', 'storage', 'total'],
    ways.map(([name, { stream, writes, reads, functions, storage, total }]) => [
      name,
      ...[stream, writes, reads, functions, storage, total].map(dollars),
    ]),
  ),
  'cost-fleets': table(
    ['devices', 'a reading each', ...ways.map(([name]) => name)],
    [10, 1000, 100_000].flatMap((devices) =>
      [
        ['second', 1],
        ['minute', 60],
      ].map(([unit, seconds]) => [
        thousands(devices),
        String(unit),
        ...ways.map(([, price]) => dollars(monthlyPrice(devices, Number(seconds), price))),
      ]),
    ),
  ),
};
