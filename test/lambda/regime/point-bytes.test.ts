import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addPoints, bytesOfPoints } from '../../../lambda/regime/point-bytes.ts';
import { PointList } from '../../../lambda/regime/point-list.ts';

const first = Date.parse('0000-01-01T00:00:00.000Z');
const last = Date.parse('9999-12-31T23:59:59.999Z');

const points = fc
  .array(
    fc.tuple(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.oneof(fc.integer({ min: first, max: last }), fc.constantFrom(first, last, -1, 0, 1)),
    ),
    { maxLength: 40 },
  )
  .map((some) => some.sort(([, a], [, b]) => a - b));

function listOf(some: readonly (readonly [number, number])[]): PointList {
  const list = new PointList();
  for (const [value, time] of some) list.push(value, time);
  return list;
}

const contentOf = (list: PointList) =>
  Array.from({ length: list.length }, (_, index) => [list.valueAt(index), list.timeAt(index)]);

test('points of all values and times come back as they were, also some of a list', () => {
  fc.assert(
    fc.property(points, fc.nat(), fc.nat(), (some, from, to) => {
      const [start = 0, end = 0] = [from, to].map((at) => at % (some.length + 1)).sort((a, b) => a - b);
      const list = new PointList();
      const bytes = bytesOfPoints(listOf(some), start, end);
      expect(addPoints(bytes, end - start, list)).toBe(true);
      expect(contentOf(list)).toEqual(some.slice(start, end));
    }),
  );
});

test('bytes of another number of points are not taken for these', () => {
  fc.assert(
    fc.property(points, fc.integer({ min: 1, max: 3 }), (some, more) => {
      const bytes = bytesOfPoints(listOf(some), 0, some.length);
      expect(addPoints(bytes, some.length + more, new PointList())).toBe(false);
      expect(addPoints(Uint8Array.from([...bytes, 0]), some.length, new PointList())).toBe(false);
      if (some.length > 0) expect(addPoints(bytes.subarray(0, -1), some.length, new PointList())).toBe(false);
    }),
  );
});

test.each([
  ['second', 1000, 10],
  ['minute', 60_000, 11],
  ['hour', 3_600_000, 12],
])('a reading each %s takes so many bytes', (_, interval, bytesAPoint) => {
  const some = Array.from({ length: 500 }, (_, index) => [index, index * interval] as const);
  expect(bytesOfPoints(listOf(some), 0, 500).length / 500).toBeCloseTo(bytesAPoint, 1);
});
