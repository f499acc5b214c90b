import { expect, test } from 'vitest';
import { detectSeries } from '../../../lambda/detector/detect-series.ts';
import { RememberedRegimes } from '../../../lambda/detector/remembered-regimes.ts';
import { regimeLimits as deployed } from '../../../lambda/regime/regime-limits.ts';
import type { Wave } from '../../../lambda/tables/wave.ts';
import { KeptEvents } from './interleavings/kept-events.ts';
import { newWorld, seriesId } from './interleavings/world.ts';

const regimeLimits = { ...deployed, chunkPoints: 250, newestPoints: 50 };
const together = 50;

/** A series, and instances of the detector that count what a look reads. */
function newSeries() {
  const start = new Date('2026-01-01T00:00:00Z');
  const world = newWorld({ maxRegimeLength: 100_000 }, () => start);
  const events = new KeptEvents([world], start.getTime());
  const wave = (count = together) => events.close(events.add(count, 0))[0] as Wave;
  const instance = () => {
    const remembered = new RememberedRegimes(regimeLimits, Math.random);
    return async (...waves: Wave[]) => {
      const before = world.tables.usage.readUnits;
      const found = await detectSeries(seriesId, waves, { ...world.parts, remembered, regimeLimits });
      return { ...found, units: world.tables.usage.readUnits - before };
    };
  };
  const grow = async (look: ReturnType<typeof instance>, count: number) => {
    for (let done = 0; done < count; done += together) await look(wave());
  };
  return { wave, instance, grow };
}

test.each([
  [0, 'warm'],
  [500, 'warm'],
  [2000, 'cold'],
  [3000, 'cold'],
] as const)(
  'an instance that lacks %i points beside its 1,500 reads at most a third more than one that remembers nothing',
  async (lacking, read) => {
    const { wave, instance, grow } = newSeries();
    const [behind, ahead] = [instance(), instance()];
    await grow(behind, 1500);
    await grow(ahead, lacking);
    const { units: anew } = await instance()(wave(1));
    const found = await behind(wave(1));
    expect(found).toMatchObject({ read, regimeLength: 1500 + lacking + 2 });
    expect(found.units).toBeLessThanOrEqual(1.3 * anew);
    if (lacking === 0) expect(found.units).toBe(1);
  },
);
