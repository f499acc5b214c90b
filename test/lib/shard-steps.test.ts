import { assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { shardSteps } from '../../lib/shard-steps.ts';
import { withProps } from './synthesize.ts';

test.each([
  [1, 1, []],
  [1, 2, [2]],
  [1, 3, [2, 3]],
  [3, 20, [6, 12, 20]],
  [4, 2, [2]],
  [4, 1, [2, 1]],
  [5, 2, [3, 2]],
])('from %d to %d shards: %j', (now, wanted, steps) => {
  expect(shardSteps(now, wanted)).toEqual(steps);
});

test('no step more than doubles the shards or leaves fewer than half, and the last one is the number that is wanted', () => {
  const shards = integer({ min: 1, max: 10_000 });
  assert(
    property(shards, shards, (now, wanted) => {
      const all = [now, ...shardSteps(now, wanted)];
      expect(all.at(-1)).toBe(wanted);
      for (const [index, before] of all.slice(0, -1).entries()) {
        const after = all[index + 1] ?? Number.NaN;
        expect(after).toBeLessThanOrEqual(2 * before);
        expect(2 * after).toBeGreaterThanOrEqual(before);
        expect(after).not.toBe(before);
      }
    }),
  );
});

test('the construct refuses what is further than one step', () => {
  expect(() => withProps(() => ({ shards: 8, shardsNow: 1 }))).toThrow('Deploy 2, then 4, then 8');
  expect(() => withProps(() => ({ shards: 8, shardsNow: 4 }))).not.toThrow();
  expect(() => withProps(() => ({ shards: 'on-demand', shardsNow: 1 }))).not.toThrow();
});
