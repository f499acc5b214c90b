import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Outage } from '../../../lambda/notify/outage.ts';
import type { Publishing } from '../../../lambda/notify/publish-pending.ts';
import { PublishingQueue } from '../../../lambda/notify/publishing-queue.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';

interface One {
  readonly seriesId: string;
  readonly number: number;
}

type Outcome = Publishing | 'failed';

/** A queue whose publications take some turns and end as they should. It notes how many were at work together. */
function queueOf(outcomeOf: (one: One) => Outcome, atOnce = 3, clock = () => new Date(0)) {
  const tried: One[] = [];
  let together = 0;
  let most = 0;
  const publish = async (one: One) => {
    tried.push(one);
    most = Math.max(most, ++together);
    for (let turn = 0; turn <= one.number % 3; turn++) await null;
    together--;
    const outcome = outcomeOf(one);
    if (outcome === 'failed') throw new Error(`${one.number} failed`);
    return outcome;
  };
  const queue = new PublishingQueue<One>({ publish, atOnce, outage: new Outage(clock), clock });
  return { queue, tried, most: () => most };
}

const series = (...ids: readonly string[]) => ids.map((seriesId, number) => ({ seriesId, number }));

describe('a queue', () => {
  test('publishes what came first first, several series at once', async () => {
    const all = series(...'abcdefghij');
    const { queue, tried, most } = queueOf(() => 'published');
    for (const one of all) queue.add(one);
    expect(await queue.end(0)).toEqual({ published: 10, failed: [], left: [] });
    expect(tried).toEqual(all);
    expect(most()).toBe(3);
  });

  test('of nothing ends at once', async () => {
    expect(await queueOf(() => 'published').queue.end(0)).toEqual({ published: 0, failed: [], left: [] });
  });

  test('holds up only the series that fails', async () => {
    const { queue } = queueOf(({ seriesId }) => (seriesId === 'a' ? 'failed' : 'published'));
    const all = series('a', 'b', 'a', 'b');
    for (const one of all) queue.add(one);
    const { published, failed, left } = await queue.end(0);
    expect([published, failed.map(({ number }) => number)]).toEqual([2, [0]]);
    expect(left).toEqual([all[0], all[2]]);
  });

  test('tries nothing more in an outage, and leaves the rest', async () => {
    const all = series(...Array.from({ length: 50 }, (_, index) => `${index}`));
    const { queue, tried } = queueOf(() => 'failed');
    for (const one of all) queue.add(one);
    const { failed, left } = await queue.end(0);
    expect(tried.length).toBeGreaterThanOrEqual(processingLimits.failedPublications);
    expect(tried.length).toBeLessThan(processingLimits.failedPublications + 3);
    expect(failed).toHaveLength(tried.length);
    expect(left).toHaveLength(all.length);
  });

  test('goes on for as long as it may', async () => {
    let now = 0;
    const all = series(...'abcdefghij');
    const { queue, tried } = queueOf(
      ({ number }) => {
        now = 10 * number;
        return 'published';
      },
      1,
      () => new Date(now),
    );
    for (const one of all) queue.add(one);
    const { published, left } = await queue.end(40);
    expect([published, left.length, tried.length]).toEqual([6, 4, 6]);
  });
});

test('whatever becomes of each, all are published or left, and none of a series after one that was left', async () => {
  const some = fc.array(
    fc.record({
      seriesId: fc.constantFrom('a', 'b', 'c', 'd'),
      outcome: fc.constantFrom<Outcome>('published', 'published', 'not pending', 'waits', 'failed'),
      pause: fc.boolean(),
    }),
    { maxLength: 20 },
  );
  await fc.assert(
    fc.asyncProperty(some, fc.integer({ min: 1, max: 4 }), async (given, atOnce) => {
      const ended = new Map<string, One[]>();
      const { queue, tried, most } = queueOf(({ number }) => given[number]?.outcome ?? 'failed', atOnce);
      for (const [number, { seriesId, pause }] of given.entries()) {
        ended.set(seriesId, [...(ended.get(seriesId) ?? []), { seriesId, number }]);
        queue.add({ seriesId, number });
        if (pause) await new Promise(setImmediate);
      }
      const { published, failed, left } = await queue.end(0);
      const outcomes = (outcome: Outcome) => tried.filter(({ number }) => given[number]?.outcome === outcome);
      expect(published).toBe(outcomes('published').length);
      expect(failed).toHaveLength(outcomes('failed').length);
      expect(left).toHaveLength(given.length - published - outcomes('not pending').length);
      expect(most()).toBeLessThanOrEqual(atOnce);
      for (const [seriesId, ones] of ended) {
        const order = tried.filter((one) => one.seriesId === seriesId);
        expect(order).toEqual(ones.slice(0, order.length));
        const outcomesBefore = order.slice(0, -1).map(({ number }) => given[number]?.outcome);
        expect(outcomesBefore.filter((one) => one === 'waits' || one === 'failed')).toEqual([]);
      }
    }),
  );
});
