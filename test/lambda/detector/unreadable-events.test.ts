import { expect, test } from 'vitest';
import { UnreadableEvents } from '../../../lambda/detector/unreadable-events.ts';
import { readableEvents } from '../../../lambda/tables/readable-events.ts';

test('items that are no reading are counted by series, and told with the first of them, until they are taken', () => {
  const unreadable = new UnreadableEvents();
  expect(unreadable.take()).toEqual({ count: 0, errors: [] });
  for (const [seriesId, key] of [
    ['a', 'x\n'],
    ['b', 'y'],
    ['a', 'z'],
  ] as const)
    unreadable.add(seriesId, key);
  const rule = 'an item of the events table must have a number as its value and a time in its eventKey';
  const advice = 'the series goes on without them: correct or delete them';
  expect(unreadable.take()).toEqual({
    count: 3,
    errors: [
      { seriesId: 'a', error: new RangeError(`${rule}, got 2 that do not, the first 'x '; ${advice}`) },
      { seriesId: 'b', error: new RangeError(`${rule}, got 1 that do not, the first 'y'; ${advice}`) },
    ],
  });
  expect(unreadable.take()).toEqual({ count: 0, errors: [] });
});

test('an item is a reading if it has a number and a time, whatever else it has', () => {
  const eventKey = '2026-01-01T00:00:00.000Z#e';
  const told: string[] = [];
  const items = [
    { eventKey, value: 0, expiresAt: 7, note: 'x' },
    { eventKey, value: 1, expiresAt: '7' },
    { eventKey, value: '2' },
    { eventKey },
    { eventKey: 'x', value: 4 },
    { value: 5 },
  ];
  const read = [
    { eventKey, value: 0, expiresAt: 7 },
    { eventKey, value: 1 },
  ];
  expect(readableEvents(items, (key) => told.push(key))).toEqual(read);
  expect(told).toEqual([eventKey, eventKey, 'x', 'undefined']);
  expect(readableEvents(items)).toEqual(read);
});
