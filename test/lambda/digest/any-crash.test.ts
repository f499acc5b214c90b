import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runDigestSchedule } from '../../campaigns/digest/run-schedule.ts';
import { digestSchedules } from '../../campaigns/digest/schedule.ts';
import { digestFaults } from '../../campaigns/digest/verdict.ts';

test('whatever dies, fails or comes twice: people are told of each change, and twice only after a crash', async () => {
  await fc.assert(
    fc.asyncProperty(digestSchedules, async (schedule) => {
      expect(digestFaults(await runDigestSchedule(schedule))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
