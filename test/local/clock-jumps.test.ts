import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { putEvents } from '../../cli/produce/put-events.ts';
import { realBackoff } from '../../lambda/backoff.ts';
import { startBackend } from '../../local/backend.ts';
import { type Pipeline, startPipeline } from '../../local/pipeline.ts';
import { names } from '../../local/resources.ts';
import { countDiscardedBatches, countEvents, readChangePoints } from '../../local/stored.ts';

afterEach(() => {
  vi.useRealTimers();
});

const hour = 3600_000;

test('a clock that is set by days, ahead or back, while records are under way gives none of them up', async () => {
  const jumps = fc.array(fc.integer({ min: -48, max: 48 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(jumps, async (jumps) => {
      const backend = await startBackend();
      const { clients } = backend;
      let pipeline: Pipeline | undefined;
      vi.useFakeTimers({ toFake: ['Date'] });
      try {
        let put = 0;
        for (const [turn, hours] of [...jumps, 0].entries()) {
          const events = Array.from({ length: 20 }, (_, index) => ({
            seriesId: 's',
            timestamp: Date.UTC(2020) + put + index,
            value: 9 * (turn % 2) + (index % 3),
          }));
          await putEvents(clients.kinesis, names.stream, events, { backoff: realBackoff });
          put += events.length;
          // Nobody has read the first ones yet; the others are on their way.
          vi.setSystemTime(Date.now() + hours * hour);
          pipeline ??= await startPipeline({ backend, report() {} });
        }
        if (pipeline === undefined) throw new Error('there is no jump');
        await pipeline.recorder.doneWith(put);
        await expect.poll(() => countEvents(clients)).toBe(put);
        await pipeline.detector.doneWith(1);
        const isAllTold = async () => {
          const found = await readChangePoints(clients);
          return found.length === jumps.length && found.every(({ publishedAt }) => publishedAt !== undefined);
        };
        await expect.poll(isAllTold).toBe(true);
        expect(await countDiscardedBatches(clients)).toBe(0);
      } finally {
        vi.useRealTimers();
        await (pipeline ?? backend).close();
      }
    }),
    { numRuns: 3, examples: [[[48]], [[-48]]] },
  );
});
