import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinedRows } from '../../../cli/put/joined-rows.ts';
import { putReadings } from '../../../cli/put/put-readings.ts';
import { defaultRecordSettings } from '../../../cli/record-flags.ts';
import { eventReading } from '../../../lambda/record/event-reading.ts';
import { parseEvents } from '../../../lambda/record/parse-events.ts';
import { sink } from '../in-process.ts';

const records = { ...defaultRecordSettings, seriesIdField: 'device', valueField: 'temp,air.humidity' };
const columns = ['temp', 'air.humidity'];
const start = Date.parse('2026-01-31T12:00:00Z');
const timeOf = (second: number) => new Date(start + second * 1000).toISOString();

interface Row {
  readonly device: string;
  readonly second: number;
  readonly values: readonly (number | '')[];
}

const cell = fc.oneof({ weight: 9, arbitrary: fc.integer() }, fc.constant('' as const));
/** Of each device a row for each second at most; rows may come late. */
const rows: fc.Arbitrary<readonly Row[]> = fc.uniqueArray(
  fc.record({
    device: fc.constantFrom('d1', 'd/2', 'd~3'),
    second: fc.nat(30),
    values: fc.tuple(cell, cell),
  }),
  { selector: ({ device, second }) => `${device} ${second}`, minLength: 1, maxLength: 40 },
);

async function put(all: readonly Row[]) {
  const lines = all.map(({ device, second, values }) => [device, timeOf(second), ...values].join(','));
  const text = `device,timestamp,${columns.join(',')}\n${lines.join('\n')}\n`;
  const sent: unknown[] = [];
  const file = await putReadings(
    '-',
    {
      reading: { column: columns, seriesColumn: 'device', timeColumn: 'timestamp', skipBad: true },
      skipBad: true,
      now: Date.now,
      names: {},
      times: undefined,
      from: {},
      inTimeOrder: false,
      dueAt: () => 0,
      records,
    },
    {
      outlet: () => async (some) => {
        for (const event of some) sent.push(JSON.parse(JSON.stringify(event)));
        return some.length;
      },
      begun() {},
    },
    {
      input: Readable.from([Buffer.from(text)], { objectMode: false }),
      out: sink().stream,
      error: sink().stream,
      environment: {},
      signal: new AbortController().signal,
    },
  );
  return { sent, file };
}

test('a service that reads several fields has a series of each, as the columns have it, of all whole rows', async () => {
  const rules = {
    reading: eventReading(records),
    latestTimestamp: Number.POSITIVE_INFINITY,
    partitionKey: '',
    arrivedAt: 0,
    nextId: () => '',
  };
  const isWhole = ({ values }: Row) => values.every((value) => value !== '');
  const hasAny = ({ values }: Row) => values.some((value) => value !== '');
  await fc.assert(
    fc.asyncProperty(
      rows.filter((all) => columns.every((_, at) => all.some(({ values }) => values[at] !== ''))),
      async (all) => {
        const { sent, file } = await put(all);
        const events = sent.flatMap((record) =>
          parseEvents(record, rules).map((parsed) => {
            if (!parsed.ok) throw new Error(parsed.detail);
            const { seriesId, timestamp, value } = parsed.event;
            return `${timestamp} ${seriesId} ${value}`;
          }),
        );
        const expected = all
          .filter(isWhole)
          .flatMap(({ device, second, values }) =>
            columns.map((column, at) => `${start + second * 1000} ${device}/${column} ${values[at]}`),
          );
        expect([...events].sort()).toEqual(expected.sort());
        expect(events.map(Number.parseFloat)).toEqual(events.map(Number.parseFloat).sort((a, b) => a - b));
        expect([file.placed, file.refused.count]).toEqual([
          expected.length,
          all.filter((row) => hasAny(row) && !isWhole(row)).length,
        ]);
      },
    ),
    { numRuns: 100 },
  );
});

test('equal rows of one moment are put once, and all values of the others, though some are equal', async () => {
  const few = fc.constantFrom(1, 2);
  const ofMoments = fc.array(
    fc.record({ device: fc.constant('d'), second: fc.nat(1), values: fc.tuple(few, few) }),
    { minLength: 1, maxLength: 8 },
  );
  await fc.assert(
    fc.asyncProperty(ofMoments, async (all) => {
      const { sent, file } = await put(all);
      const expected = [...new Set(all.map(({ second, values }) => `${timeOf(second)} ${values}`))];
      const found = sent.map((record) => {
        const { timestamp, temp, air } = record as {
          timestamp: string;
          temp: number;
          air: { humidity: number };
        };
        return `${new Date(timestamp).toISOString()} ${[temp, air.humidity]}`;
      });
      expect(found.sort()).toEqual(expected.sort());
      expect([file.placed, file.refused.count]).toEqual([2 * sent.length, 0]);
    }),
    { numRuns: 40 },
  );
});

test('rows of one id are one record', () => {
  const reading = (row: number, key: string, value: number) => ({
    row,
    value,
    key,
    time: { ms: 0, ns: 0, isCalendar: true },
  });
  const joined = joinedRows([
    { series: 'd/a', reading: reading(1, 'x', 1) },
    { series: 'd/a', reading: reading(2, 'y', 1) },
    { series: 'd/b', reading: reading(2, 'y', 2) },
    { series: 'd/b', reading: reading(3, 'x', 2) },
  ]);
  expect([...joined].map(({ values }) => Object.fromEntries(values))).toEqual([
    { a: 1, b: 2 },
    { a: 1, b: 2 },
  ]);
});

test('rows of one moment are records of their own', () => {
  const reading = (row: number, ms: number, value: number) => ({
    row,
    value,
    key: value,
    time: { ms, ns: 0, isCalendar: true },
  });
  const joined = joinedRows([
    { series: 'd/a', reading: reading(1, 0, 1) },
    { series: 'd/a', reading: reading(2, 0, 2) },
    { series: 'e/a', reading: reading(1, 0, 3) },
    { series: 'd/b', reading: reading(2, 0, 4) },
    { series: 'd/b', reading: reading(1, 0, 5) },
    { series: 'd/b', reading: reading(1, 1, 6) },
  ]);
  expect([...joined].map(({ device, values }) => [device, Object.fromEntries(values)])).toEqual([
    ['d', { a: 1, b: 5 }],
    ['d', { a: 2, b: 4 }],
    ['e', { a: 3 }],
    ['d', { b: 6 }],
  ]);
});
