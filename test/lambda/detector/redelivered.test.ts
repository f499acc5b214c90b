import { expect, test } from 'vitest';
import { detectSeries } from '../../../lambda/detector/detect-series.ts';
import { RememberedRegimes } from '../../../lambda/detector/remembered-regimes.ts';
import { regimeLimits } from '../../../lambda/regime/regime-limits.ts';
import { KeptEvents } from './interleavings/kept-events.ts';
import { newWorld, seriesId } from './interleavings/world.ts';

/** A series of waves of one event each, and the instance that has tested them. */
async function tested(waves: number) {
  const start = new Date('2026-01-01T00:00:00Z');
  const reads: string[] = [];
  const world = newWorld(
    { maxRegimeLength: 10_000 },
    () => start,
    ({ operation, input: { KeyConditionExpression: condition = '' } }) => {
      if (operation === 'Query') reads.push(condition.includes('begins_with') ? 'HEAD' : 'events');
      return undefined;
    },
  );
  const events = new KeptEvents([world], start.getTime());
  const parts = {
    ...world.parts,
    remembered: new RememberedRegimes(regimeLimits, Math.random),
    regimeLimits,
  };
  const all = Array.from({ length: waves }, () => events.close(events.add(1, 0))).flat();
  await detectSeries(seriesId, all, parts);
  return {
    world,
    keys: events.keys,
    /** The batch comes again. @returns what was queried */
    async again() {
      reads.length = 0;
      await detectSeries(seriesId, all, parts);
      return reads;
    },
  };
}

test.each([1, 4, 5, 300])(
  'an instance finds with a few reads that %i waves which come again are what it remembers',
  async (waves) => {
    const reads = await (await tested(waves)).again();
    expect(reads.length).toBeLessThan(5);
    expect(reads).not.toContain('HEAD');
  },
);

test.each([4, 5, 300])(
  'an instance reads the series anew if one of %i waves that come again was corrected',
  async (waves) => {
    const { world, keys, again } = await tested(waves);
    world.storeEvent(keys[Math.floor(waves / 2)] ?? '', 7);
    expect(await again()).toContain('HEAD');
  },
);
