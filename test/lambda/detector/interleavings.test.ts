import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interleavings } from './interleavings/interleaving.ts';
import { runInterleaving } from './interleavings/run-interleaving.ts';

test('whatever happens to caches, three instances say what a detector without any cache says', async () => {
  const total = { looks: 0, chunks: 0, changePoints: 0 };
  await fc.assert(
    fc.asyncProperty(interleavings, async (given) => {
      const { wrong, happened } = await runInterleaving(given);
      for (const name of ['looks', 'chunks', 'changePoints'] as const) total[name] += happened[name];
      expect(wrong).toEqual([]);
    }),
    { numRuns: Number(process.env.RUNS ?? 60) },
  );
  console.log(total);
});
