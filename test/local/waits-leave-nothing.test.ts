import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { memorySource, record } from './memory-source.ts';
import { start } from './started-mapping.ts';

// A mapping lives for as long as the service.
test('a mapping that has waited for its batches many times has no more who wait than at first', async () => {
  const records = Array.from({ length: 200 }, (_, index) => record(index + 1));
  const source = memorySource(records);
  let signal: AbortSignal | undefined;
  const { mapping } = start(
    {
      ...source,
      open: async (...place) => {
        const reader = await source.open(...place);
        return {
          ...reader,
          waitForMore(given) {
            signal = given;
            return reader.waitForMore(given);
          },
        };
      },
    },
    async () => undefined,
    { batchSize: 1 },
  );
  await mapping.doneWith(records.length);
  await expect.poll(() => signal).toBeDefined();
  // The reader of the shard, and the lane.
  expect(getEventListeners(signal as AbortSignal, 'abort').length).toBeLessThanOrEqual(2);
  await mapping.stop();
});
