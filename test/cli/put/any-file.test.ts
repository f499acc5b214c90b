import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openInput } from '../../../cli/input/open-input.ts';
import { readReadings } from '../../../cli/input/read-readings.ts';
import type { ServiceReading } from '../../../cli/produce/service-records.ts';
import type { Position } from '../../../cli/put/position.ts';
import { putReadings } from '../../../cli/put/put-readings.ts';
import { eventKey } from '../../../lambda/event.ts';
import { parseReading } from '../../../lambda/record/parse-reading.ts';
import { runsOf } from '../../use/share-of-runs.ts';
import { sink } from '../in-process.ts';

const signal = new AbortController().signal;
const reading = { column: ['value'], seriesColumn: 'seriesId', timeColumn: 'timestamp', skipBad: true };

interface Row {
  readonly series: string;
  /** Microseconds after the start. */
  readonly at: number;
  readonly value: number | '';
}

/** Files of few moments and values: many readings share a millisecond, come late, repeat another one, or are none. */
const rows: fc.Arbitrary<readonly Row[]> = fc
  .tuple(
    fc.array(
      fc.record({
        series: fc.constantFrom('a', 'b', 'c'),
        at: fc.integer({ min: 0, max: 12 }).map((step) => step * 400),
        value: fc.constantFrom<Row['value']>(1, 2, 2.5, ''),
      }),
      { minLength: 1, maxLength: 60 },
    ),
    fc.constantFrom('as they are', 'oldest first', 'newest first'),
  )
  .map(([all, order]) => {
    if (order === 'as they are') return all;
    return [...all].sort((a, b) => (order === 'oldest first' ? a.at - b.at : b.at - a.at));
  });

function textOf(all: readonly Row[]): string {
  const lines = all.map(({ series, at, value }) => {
    const micros = String(1_000_000 + at).slice(1);
    return `${series},2026-01-31T12:00:00.${micros}Z,${value}`;
  });
  return `seriesId,timestamp,value\n${lines.join('\n')}\n`;
}

const contextOf = (text: string) => ({
  input: Readable.from([Buffer.from(text)], { objectMode: false }),
  out: sink().stream,
  error: sink().stream,
  environment: {},
  signal,
});

/** The values of each series, as a detector takes them out of the file. */
async function valuesRead(text: string): Promise<Readonly<Record<string, readonly number[]>>> {
  const values: Record<string, number[]> = {};
  await readReadings(await openInput('-', contextOf(text)), reading, {
    reading(series, { value }) {
      values[series] = [...(values[series] ?? []), value];
    },
    gap() {},
    repeated() {},
  });
  return values;
}

async function eventsPut(text: string, inTimeOrder: boolean, from: Position = {}) {
  const events: ServiceReading[] = [];
  await putReadings(
    '-',
    {
      reading,
      skipBad: true,
      now: Date.now,
      names: {},
      times: undefined,
      from,
      inTimeOrder,
      dueAt: () => 0,
    },
    {
      outlet: () => async (some) => {
        for (const event of some) events.push(JSON.parse(JSON.stringify(event)));
        return some.length;
      },
      begun() {},
    },
    contextOf(text),
  );
  return events;
}

/** What a service has stored of events, by its keys. */
function stored(events: readonly ServiceReading[]): ReadonlyMap<string, ServiceReading> {
  return new Map(
    events.map((event) => {
      const parsed = parseReading(event);
      if (!parsed.ok) throw new Error(parsed.detail);
      return [`${event.seriesId} ${eventKey(parsed.event)}`, event];
    }),
  );
}

function valuesStored(events: readonly ServiceReading[]): Readonly<Record<string, readonly number[]>> {
  const values: Record<string, number[]> = {};
  for (const [, { seriesId, value }] of [...stored(events)].sort(([a], [b]) => (a < b ? -1 : 1)))
    values[seriesId] = [...(values[seriesId] ?? []), value];
  return values;
}

const hasReading = (all: readonly Row[]) => all.some(({ value }) => value !== '');

test('a service has the readings that `aed detect` reads of a file, in their order, however they are put', async () => {
  await fc.assert(
    fc.asyncProperty(rows.filter(hasReading), fc.boolean(), async (all, inTimeOrder) => {
      const text = textOf(all);
      const events = await eventsPut(text, inTimeOrder);
      const expected = await valuesRead(text);
      expect(valuesStored(events)).toEqual(expected);
      // None is put twice, and none takes the place of another.
      expect(stored(events).size).toBe(events.length);
    }),
    { numRuns: runsOf(500) },
  );
});

test('a file that is put in part has the same events there', async () => {
  await fc.assert(
    fc.asyncProperty(rows.filter(hasReading), fc.boolean(), fc.nat(60), async (all, inTimeOrder, place) => {
      const text = textOf(all);
      const whole = stored(await eventsPut(text, inTimeOrder));
      const { at = 0 } = all[place % all.length] ?? {};
      const fromTime = Date.parse('2026-01-31T12:00:00Z') + Math.floor(at / 1000);
      for (const from of [{ fromRow: place }, { fromTime }]) {
        const part = stored(await eventsPut(text, inTimeOrder, from));
        for (const [key, event] of part) expect(whole.get(key)).toEqual(event);
      }
      const later = [...whole.values()].filter(({ timestamp }) => Date.parse(timestamp) >= fromTime);
      expect(stored(await eventsPut(text, inTimeOrder, { fromTime })).size).toBe(later.length);
    }),
    { numRuns: runsOf(200) },
  );
});
