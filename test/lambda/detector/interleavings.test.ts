import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interleavings } from './interleavings/interleaving.ts';
import { runInterleaving } from './interleavings/run-interleaving.ts';

// `npx tsx test/campaigns/interleavings.ts` runs many more.
test('whatever happens to caches, three instances say what a detector without any cache says', async () => {
  await fc.assert(
    fc.asyncProperty(interleavings, async (given) => {
      const { wrong } = await runInterleaving(given);
      expect(wrong).toEqual([]);
    }),
    { numRuns: 12 },
  );
});
