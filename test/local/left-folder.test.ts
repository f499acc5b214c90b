import { afterEach, expect, test, vi } from 'vitest';
import { putEvents } from '../../cli/produce/put-events.ts';
import { realBackoff } from '../../lambda/backoff.ts';
import { startBackend } from '../../local/backend.ts';
import { startPipeline } from '../../local/pipeline.ts';
import { names } from '../../local/resources.ts';
import { countDiscardedBatches, countEvents } from '../../local/stored.ts';
import { useFolder } from '../use/folder.ts';

const folder = useFolder('for each test');
afterEach(() => {
  vi.useRealTimers();
});

test.each([23.5, 25, 24 * 30])(
  'what was put %d hours ago and not recorded yet is recorded',
  async (hours) => {
    const backend = await startBackend({ folder });
    const events = Array.from({ length: 50 }, (_, index) => ({
      seriesId: 's',
      timestamp: Date.UTC(2020) + index,
      value: index,
    }));
    await putEvents(backend.clients.kinesis, names.stream, events, { backoff: realBackoff });
    await backend.close();

    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + hours * 3600_000);
    const pipeline = await startPipeline({ folder, report: () => {} });
    try {
      await pipeline.recorder.doneWith(50);
      await pipeline.detector.doneWith(50);
      expect(await countEvents(pipeline.clients)).toBe(50);
      expect(await countDiscardedBatches(pipeline.clients)).toBe(0);
    } finally {
      await pipeline.close();
    }
  },
);
