import fc from 'fast-check';
import { expect, test } from 'vitest';
import { levelSince, readingsOf } from '../../web/page/readings.ts';
import type { Point } from '../../web/wire.ts';

test('readings are in the order of time however they come, and it is told whether one came late', () => {
  const points = fc.array(fc.tuple(fc.nat(50), fc.integer()));
  fc.assert(
    fc.property(points, points, (first, more) => {
      const sorted = [...first].sort(([a], [b]) => a - b);
      const readings = readingsOf(sorted);
      const all: Point[] = [...sorted, ...more];
      const inOrder = all
        .slice(sorted.length)
        .every(([time], index) => all.slice(0, sorted.length + index).every(([before]) => before <= time));
      expect(readings.add(more)).toBe(inOrder);
      const expected = all.sort(([a], [b]) => a - b);
      expect(readings.times).toEqual(expected.map(([time]) => time));
      expect(readings.values).toEqual(expected.map(([, value]) => value));
    }),
  );
});

test.each([
  ['all', 0, 4.5],
  ['the newest level', 5, 9],
  ['a time between readings', 3.5, 8.5],
  ['none', 9, undefined],
])('the level since: %s', (_, since, level) => {
  const points = [1, 1, 1, 1, 8, 9, 9].map((value, time): Point => [time, value]);
  const readings = readingsOf([...points, [7, 8]]);
  expect(levelSince(readings, since)).toBe(level);
});
