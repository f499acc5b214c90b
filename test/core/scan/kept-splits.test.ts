import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeptSplits } from '../../../core/src/scan/kept-splits.ts';
import { runsOf } from '../../use/share-of-runs.ts';
import { threshold } from '../arbitraries.ts';
import { naiveU } from '../naive.ts';
import { normal, randomOf } from '../random.ts';
import { keptSplits } from './plain-scores.ts';

const splitsOf = (kept: KeptSplits) => [...kept.starts.subarray(1, kept.blocks)];

test('the splits are those of the definition, at every length', () => {
  const kept = new KeptSplits(0);
  for (let T = 1; T <= 1100; T++) {
    kept.push(0);
    expect(splitsOf(kept)).toEqual(keptSplits(T));
  }
});

test('one is kept within an eighth of the age of every split, but for the oldest ones', () => {
  for (const T of [100, 1000, 1023, 5000]) {
    const kept = keptSplits(T);
    for (let t = kept[0] ?? 0; t <= T - 1; t++) {
      const nearest = Math.min(...kept.map((other) => Math.abs(other - t)));
      expect(nearest, `${t} of ${T}`).toBeLessThanOrEqual((T - t) / 8);
    }
  }
});

const streams: Readonly<Record<string, (random: () => number, index: number) => number>> = {
  'of normal values': normal,
  'of few values': (random) => Math.round(2 * normal(random)) / 2,
  'of more and more values': (random, index) => Math.round((1 + index / 30) * normal(random)) / 2,
  'of few values, then many': (random, index) =>
    Math.round(200 * normal(random)) * (index < 150 ? 1 : 2 ** -9),
  'that is mostly zero': (random) => (random() < 0.9 ? 0 : random()),
  'of hundredths': (random) => Math.round(100 * normal(random)) / 100,
  'of tenths but for some last places': (random) => {
    const tenths = Math.round(10 * normal(random)) / 10;
    return tenths + Math.round(8 * normal(random)) * 2 ** -53 * Math.abs(tenths);
  },
  'that rises': (_, index) => index / 10,
  'that falls by steps': (_, index) => -Math.floor(index / 7),
  'that moves to a few values': (random, index) => (index < 265 ? normal(random) : 5 + (index % 3)),
  'that changes its level': (random, index) => normal(random) + (index > 150 ? 8 : 0),
};

test.each(
  Object.entries(streams).flatMap(([name, next]) => [0, 0.5, 1.3].map((delta) => ({ name, next, delta }))),
)('with δ = $delta the statistics of a stream $name are those of the definition', ({ next, delta }) => {
  const random = randomOf(7);
  const kept = new KeptSplits(delta);
  const values: number[] = [];
  for (let index = 0; index < 420; index++) {
    const value = next(random, index);
    if (delta === 0) {
      kept.push(value);
      expect(kept.equal).toBe(values.filter((earlier) => earlier === value).length);
    } else kept.push(value);
    values.push(value);
    if (index % 60 !== 59) continue;
    splitsOf(kept).forEach((t, block) => {
      expect(kept.rise[block]).toBe(naiveU(values, t, delta));
      expect(kept.fall[block]).toBe(naiveU(values, t, -delta));
    });
  }
});

test.each([
  { delta: 0, name: 'that rises' },
  { delta: 0, name: 'of normal values' },
  { delta: 0, name: 'of hundredths' },
  { delta: 0.5, name: 'of hundredths' },
] as const)(
  'with δ = $delta they still are once the lists of a stream $name have grown',
  ({ delta, name }) => {
    const random = randomOf(8);
    const kept = new KeptSplits(delta);
    const values: number[] = [];
    const lengths = [kept.rise.length];
    for (let index = 0; index < 2600; index++) {
      const value = streams[name]?.(random, index) ?? expect.fail(name);
      kept.push(value);
      values.push(value);
      if (kept.rise.length > (lengths.at(-1) ?? 0)) lengths.push(kept.rise.length);
      else if (index % 1000 !== 999) continue;
      splitsOf(kept).forEach((t, block) => {
        expect(kept.rise[block]).toBe(naiveU(values, t, delta));
        expect(kept.fall[block]).toBe(naiveU(values, t, -delta));
      });
    }
    expect(lengths.length).toBeGreaterThan(1);
  },
);

test('with any threshold, quarters and differences equal to it', () => {
  const quarters = fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 70, maxLength: 150, size: 'max' });
  fc.assert(
    fc.property(quarters, threshold, (numbers, delta) => {
      const values = numbers.map((number) => number / 4);
      const kept = new KeptSplits(delta);
      for (const value of values) kept.push(value);
      splitsOf(kept).forEach((t, block) => {
        expect(kept.rise[block]).toBe(naiveU(values, t, delta));
        expect(kept.fall[block]).toBe(naiveU(values, t, -delta));
      });
    }),
    { numRuns: runsOf(50) },
  );
});

test.each([1, 63, 64, 65, 127, 128, 200, 256, 300])(
  'how many of %d points lie in each cell does not depend on when it was asked before',
  (length) => {
    const random = randomOf(3);
    const [asked, unasked] = [new KeptSplits(0), new KeptSplits(0)];
    for (let points = 1; points <= length; points++) {
      const value = Math.round(2 * normal(random)) / 2;
      asked.push(value);
      unasked.push(value);
      expect(asked.levels.reduce((sum, count) => sum + count)).toBe(points);
    }
    expect([...unasked.levels]).toEqual([...asked.levels]);
  },
);

test.each(
  Object.entries(streams).flatMap(([name, next]) => [0, 0.5].map((delta) => ({ name, next, delta }))),
)(
  'with δ = $delta the points of a stream $name taken at once give the same as one by one',
  ({ next, delta }) => {
    const random = randomOf(8);
    const values = Float64Array.from({ length: 300 }, (_, index) => next(random, index) + 0);
    const listed = ({ starts, rise, fall, blocks }: KeptSplits) => ({
      starts: [...starts.subarray(0, blocks + 1)],
      rise: [...rise.subarray(0, blocks)],
      fall: [...fall.subarray(0, blocks)],
    });
    for (const length of [1, 2, 9, 40, 255, 256, 300]) {
      const [pushed, taken] = [new KeptSplits(delta), new KeptSplits(delta)];
      for (const value of values.subarray(0, length)) pushed.push(value);
      expect(taken.take(values.subarray(0, length))).toEqual(values.slice(0, length).sort());
      expect(listed(taken)).toEqual(listed(pushed));
      for (const kept of [pushed, taken]) for (const value of values) kept.push(value);
      expect(listed(taken)).toEqual(listed(pushed));
    }
  },
);
