import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readingEventWriter } from '../../../cli/put/reading-events.ts';
import { eventKey } from '../../../lambda/event.ts';
import { parseReading } from '../../../lambda/record/parse-reading.ts';

/** Readings of one series in the order of time, many in one millisecond. */
const readings = fc
  .array(
    fc.record({
      ms: fc.integer({ min: 0, max: 5 }),
      ns: fc.integer({ min: 0, max: 2 }),
      value: fc.integer({ min: 0, max: 3 }),
    }),
    {
      maxLength: 40,
    },
  )
  .map((all) => all.sort((a, b) => a.ms - b.ms || a.ns - b.ns));

function written(all: readonly { ms: number; ns: number; value: number }[]) {
  const writer = readingEventWriter();
  return all.map(({ ms, ns, value }, row) =>
    writer.write('s', { time: { ms, ns, isCalendar: true }, value, key: value, row }),
  );
}

function keyOf(event: object): string {
  const parsed = parseReading(event);
  if (!parsed.ok) throw new Error(parsed.detail);
  return eventKey(parsed.event);
}

test('each reading is an event of its own, and the service has them in the order of the file', () => {
  fc.assert(
    fc.property(readings, (all) => {
      const keys = written(all).map(keyOf);
      expect(new Set(keys).size).toBe(all.length);
      expect([...keys].sort()).toEqual(keys);
    }),
  );
});

test('the same readings are the same events, also where more follow', () => {
  fc.assert(
    fc.property(readings, fc.nat(40), (all, count) => {
      expect(written(all.slice(0, count))).toEqual(written(all).slice(0, count));
    }),
  );
});

test('times are ISO 8601, and ids of the file stay', () => {
  const writer = readingEventWriter();
  const time = { ms: Date.parse('1871-01-01T00:00:00.25Z'), ns: 1000, isCalendar: true };
  const write = (value: number, key: number | string = value) =>
    writer.write('s', { time, value, key, row: 1 });
  expect(write(1)).toEqual({ seriesId: 's', timestamp: '1871-01-01T00:00:00.250001Z', value: 1 });
  expect(write(2)).toMatchObject({ eventId: 'then-000002' });
  expect(write(2, 'own')).toMatchObject({ eventId: 'own' });
});
