import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compareEventKeys,
  epochOfEventKey,
  eventKey,
  eventKeyBytes,
  hashEvent,
  hasTime,
  timeOfEventKey,
} from '../../lambda/event.ts';

test('keys have the order of their UTF-8 bytes, whatever characters they are of', () => {
  // Characters of one and of two UTF-16 units, whose order by units is another one, and halves of such characters.
  const character = fc.constantFrom('#', '+', '~', 'é', '\u{ffff}', '\u{1f600}', '\ud800', '\udfff');
  const key = fc.array(character, { maxLength: 4 }).map((characters) => characters.join(''));
  fc.assert(
    fc.property(key, key, (a, b) => {
      const byBytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
      expect(Math.sign(compareEventKeys(a, b))).toBe(byBytes);
    }),
  );
});

test.each([
  ['a', 'a', 0],
  ['a', 'b', -1],
  ['b', 'a', 1],
  ['a', 'ab', -1],
  ['\u{1f600}', '\u{1f600}', 0],
  ['\u{ffff}', '\u{1f600}', -1],
  ['\u{1f600}', '\u{ffff}', 1],
])('%j and %j have the order %i', (a, b, order) => {
  expect(Math.sign(compareEventKeys(a, b))).toBe(order);
});

test('a key says its time, to the nanosecond, whatever its id is', () => {
  const timestamp = fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 });
  fc.assert(
    fc.property(timestamp, fc.nat({ max: 999_999 }), fc.string(), (timestamp, nanoseconds, eventId) => {
      const key = eventKey({ timestamp, nanoseconds, eventId });
      expect(hasTime(key)).toBe(true);
      expect(epochOfEventKey(key)).toBe(timestamp);
      expect(Date.parse(timeOfEventKey(key))).toBe(timestamp);
      const digits = /\.(\d+)Z$/.exec(timeOfEventKey(key))?.[1] ?? '';
      const below = (((timestamp % 1000) + 1000) % 1000) * 1e6 + nanoseconds;
      expect(Number(digits.padEnd(9, '0'))).toBe(below);
      expect(key.endsWith(`#${eventId}`)).toBe(true);
      expect(Buffer.byteLength(key) - Buffer.byteLength(eventId)).toBe(eventKeyBytes(nanoseconds));
    }),
  );
});

test.each([
  undefined,
  5,
  null,
  '',
  '#',
  '2026-01-01T00:00:00.000Z',
  '2026-01-01T00:00:00Z#e',
  '2026-01-01T00:00:00.00Z#e',
  '2026-01-01 00:00:00.000Z#e',
  '2026-01-01T00:00:00.000#e',
  ' 2026-01-01T00:00:00.000Z#e',
  '2026-13-01T00:00:00.000Z#e',
  '2026-01-01T25:00:00.000Z#e',
  '2026-01-01T00:00:00.000Z+12345#e',
  '2026-01-01T00:00:00.000Z+1234567#e',
  '2026-01-01T00:00:00.000Z+12345x#e',
  '+02026-01-01T00:00:00.000Z#e',
])('%j is no key of an event', (key) => {
  expect(hasTime(key)).toBe(false);
});

test('an event without an id is named by what it says', () => {
  const event = { seriesId: 's', timestamp: 5, value: 1 };
  expect(hashEvent(event)).toMatch(/^[0-9a-f]{32}$/);
  expect(hashEvent({ ...event })).toBe(hashEvent(event));
  for (const other of [{ seriesId: 't' }, { timestamp: 6 }, { value: 2 }])
    expect(hashEvent({ ...event, ...other })).not.toBe(hashEvent(event));
});
