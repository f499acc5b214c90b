import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digestOf, emptyDigest } from '../../../lambda/regime/digest.ts';
import { PointList } from '../../../lambda/regime/point-list.ts';

const points = fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.nat({ max: 5 })), {
  minLength: 1,
  maxLength: 12,
});

function digest(some: readonly (readonly [number, number])[], cut = 0): string {
  const list = new PointList();
  for (const [value, time] of some) list.push(value, time);
  return digestOf(list, cut, some.length, digestOf(list, 0, cut, emptyDigest));
}

test('a digest goes on from that of the points before, and is another one for other points or another order', () => {
  fc.assert(
    fc.property(points, points, fc.nat(), (some, others, cut) => {
      expect(digest(some, cut % (some.length + 1))).toBe(digest(some));
      expect(digest(some)).toMatch(/^[0-9a-f]{16}$/);
      if (JSON.stringify(some) !== JSON.stringify(others)) expect(digest(some)).not.toBe(digest(others));
    }),
    { numRuns: 1000 },
  );
});

test('both zeros are one', () => {
  expect(digest([[0, 1]])).toBe(digest([[-0, 1]]));
});

test('digests of 200,000 points are all different', () => {
  const seen = new Set<string>();
  const list = new PointList();
  for (let index = 0; index < 200_000; index++) list.push(index % 100, index);
  for (let index = 0; index < 200_000; index++) seen.add(digestOf(list, index, index + 1, emptyDigest));
  expect(seen.size).toBe(200_000);
});
