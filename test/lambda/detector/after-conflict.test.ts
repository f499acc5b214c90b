import { expect, test } from 'vitest';
import { afterConflict, type DetectorParts, type LookProgress } from '../../../lambda/detector/look-parts.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { HeadMovedError } from '../../../lambda/tables/head.ts';

test('a look starts over at once after its first conflict, then after longer and longer waits, and gives up after ten', async () => {
  const { headConflicts, firstRetryDelayMs, longestRetryDelayMs } = processingLimits;
  const waits: number[] = [];
  const backoff = {
    random: () => 0.5,
    wait: async (milliseconds: number) => {
      waits.push(milliseconds);
    },
  };
  const error = new HeadMovedError('the HEAD has moved', undefined);
  const progress: LookProgress = { changePoints: 0, conflicts: 0, isStale: false };
  const parts = { backoff } as DetectorParts;
  for (let conflict = 0; conflict < headConflicts; conflict++) await afterConflict(error, progress, parts);
  expect(waits).toEqual(
    Array.from(
      { length: headConflicts - 1 },
      (_, retry) => Math.min(longestRetryDelayMs, firstRetryDelayMs * 2 ** retry) / 2,
    ),
  );
  await expect(afterConflict(error, progress, parts)).rejects.toBe(error);
});
