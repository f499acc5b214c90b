import { describe, expect, test } from 'vitest';
import { eventReading } from '../../../lambda/record/event-reading.ts';
import { parseEvents } from '../../../lambda/record/parse-events.ts';

const rules = {
  reading: eventReading(),
  latestTimestamp: Date.parse('2026-01-01T00:05:00Z'),
  partitionKey: 'p',
  arrivedAt: Date.parse('2026-01-01T00:00:00Z'),
  nextId: () => 'next',
};
const good = { seriesId: 's', timestamp: Date.UTC(2025), value: 1 };

describe('what is no event is told with what was there instead', () => {
  test.each<[unknown, string]>([
    [null, 'an event must be a JSON object, got null'],
    [[good], 'an event must be a JSON object, got an array'],
    ['text', "an event must be a JSON object, got 'text'"],
    [true, 'an event must be a JSON object, got true'],
    [
      { ...good, seriesId: '' },
      "seriesId must be text of 1 to 2048 bytes of UTF-8, or a whole number, got ''",
    ],
    [
      { ...good, seriesId: 'é'.repeat(1025) },
      'seriesId must be text of 1 to 2048 bytes of UTF-8, or a whole number, got string of 1027 characters',
    ],
    [
      { ...good, timestamp: 'noon' },
      "timestamp must be ISO 8601 with a zone, in the years 0 to 9999, or a number of units since 1970, got 'noon'",
    ],
    [{ ...good, value: {} }, 'value must be a finite number, got an object'],
    [{ ...good, value: '1' }, "value must be a finite number, got '1'; the setting numbersAsText takes it"],
    [{ ...good, value: 'x'.repeat(78) }, `value must be a finite number, got '${'x'.repeat(78)}'`],
    [{ ...good, value: 'x'.repeat(79) }, 'value must be a finite number, got string of 81 characters'],
    [{ ...good, value: 1e126 }, '1e+126 is not 0 and not of a magnitude from 1e-130 to below 1e126'],
    [
      { ...good, timestamp: '2026-01-01T00:05:00.001Z' },
      '2026-01-01T00:05:00.001Z is later than 2026-01-01T00:05:00.000Z',
    ],
    [
      { ...good, eventId: 7.5 },
      'eventId must be text of 1 to 996 bytes of UTF-8, or a whole number, got 7.5',
    ],
  ])('%j', (candidate, detail) => {
    expect(parseEvents(candidate, rules)).toMatchObject([{ ok: false, detail }]);
  });
});

test('minus zero, which DynamoDB does not know, is zero', () => {
  expect(parseEvents({ ...good, value: -0 }, rules)).toMatchObject([{ ok: true, event: { value: 0 } }]);
});
