import { AedDetector, type DetectorState } from '@aed/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Gaps } from '../../core/src/gaps/gaps.ts';

/** Missing places before each point of a regime, and after the last one. None before the first. */
const missing = fc
  .array(fc.constantFrom(0, 0, 0, 1, 2, 1000), { minLength: 1, maxLength: 40, size: 'max' })
  .map((counts) => [0, ...counts]);

const gapsOf = (counts: readonly number[]) => {
  const gaps = new Gaps();
  counts.forEach((count, points) => {
    if (count > 0) gaps.add(points, count);
  });
  return gaps;
};
const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

describe('gaps', () => {
  test('count the missing places before each point', () => {
    fc.assert(
      fc.property(missing, (counts) => {
        const gaps = gapsOf(counts);
        expect(gaps.total).toBe(sum(counts));
        counts.forEach((_, points) => {
          expect(gaps.before(points)).toBe(sum(counts.slice(0, points + 1)));
        });
      }),
    );
  });

  test('of a later part are those after its first point', () => {
    fc.assert(
      fc.property(missing, fc.nat(40), (counts, cut) => {
        const points = cut % counts.length;
        const later = gapsOf(counts).from(points);
        expect(later.toRuns()).toEqual(gapsOf([0, ...counts.slice(points + 1)]).toRuns());
      }),
    );
  });

  test('come back from their runs', () => {
    fc.assert(
      fc.property(missing, (counts) => {
        const runs = gapsOf(counts).toRuns();
        expect(Gaps.fromRuns(runs, counts.length - 1, 'gaps').toRuns()).toEqual(runs);
      }),
    );
  });

  test('are lengths of runs: points, then missing places', () => {
    const gaps = new Gaps();
    gaps.add(3, 1);
    gaps.add(3, 1);
    gaps.add(13, 5);
    expect(gaps.toRuns()).toEqual([3, 2, 10, 5]);
  });
});

describe('missing points', () => {
  const step = [...Array<number>(20).fill(0), ...Array<number>(20).fill(5)];

  test('are counted by the indices of a change, and have no test', () => {
    const detector = new AedDetector();
    for (const value of step.slice(0, 20)) detector.push(value);
    detector.pushMissing(100);
    const found = step.slice(20).flatMap((value) => {
      detector.pushMissing();
      return detector.push(value) ?? [];
    });
    expect(found).toMatchObject([
      { changedAt: 121, detectedAt: 133, before: { count: 20 }, after: { count: 7 } },
    ]);
    expect(detector.length).toBe(160);
  });

  test('before the first point of a regime move its start', () => {
    const detector = new AedDetector();
    detector.pushMissing(7);
    expect(detector.toJSON()).toMatchObject({ regimeStart: 7, regime: [] });
    expect(detector.toJSON()).not.toHaveProperty('gaps');
    detector.push(1);
    expect([detector.regimeStart, detector.length]).toEqual([7, 8]);
  });

  test('of an outage of a million points take two numbers of a state', () => {
    const detector = new AedDetector();
    detector.push(1);
    for (let place = 0; place < 1000; place++) detector.pushMissing(1000);
    expect(detector.toJSON().gaps).toEqual([1, 1_000_000]);
  });

  test.each([0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '1', null])(
    '%s of them are refused, and leave the detector as it was',
    (count) => {
      const detector = new AedDetector();
      detector.push(1);
      const before = JSON.stringify(detector);
      const shown = typeof count === 'string' ? `'${count}'` : count;
      expect(() => detector.pushMissing(count as number)).toThrow(
        new RangeError(`count must be an integer of at least 1, got ${shown}`),
      );
      expect(JSON.stringify(detector)).toBe(before);
    },
  );

  test('are so few that every index stays exact', () => {
    const detector = new AedDetector();
    detector.push(1);
    detector.pushMissing(2 ** 52 - 1);
    expect(() => detector.pushMissing()).toThrow(
      new RangeError('the length of the series must be at most 4503599627370496, got 4503599627370497'),
    );
    detector.push(1);
    expect(detector.length).toBe(2 ** 52 + 1);
  });
});

describe('a state with gaps that cannot be is refused', () => {
  const good = { version: 1, options: {}, regimeStart: 2, regime: [1, 2, 3], gaps: [1, 4, 2, 1] } as const;

  test('and this one can', () => {
    const detector = AedDetector.fromJSON(good);
    expect(detector.length).toBe(10);
    expect(detector.toJSON()).toMatchObject({ regimeStart: 2, regime: [1, 2, 3], gaps: [1, 4, 2, 1] });
  });

  test.each<[unknown, string]>([
    [{ ...good, gaps: 5 }, 'state.gaps must be an array, got 5'],
    [{ ...good, gaps: null }, 'state.gaps must be an array, got null'],
    [{ ...good, gaps: [1, 4, 2] }, 'state.gaps.length must be even, got 3'],
    [{ ...good, gaps: [0, 4] }, 'state.gaps at index 0 must be an integer of at least 1, got 0'],
    [{ ...good, gaps: [1, 0.5] }, 'state.gaps at index 1 must be an integer of at least 1, got 0.5'],
    [{ ...good, gaps: [1, '4'] }, "state.gaps at index 1 must be an integer of at least 1, got '4'"],
    [{ ...good, gaps: [3, 1, 1, 1] }, 'state.gaps must be runs of at most 3 points in all, got 4'],
    [
      { ...good, gaps: [1, 2 ** 53 - 1] },
      'state.regimeStart must be so small that all places can be counted, got 2',
    ],
  ])('%j', (state, message) => {
    expect(() => AedDetector.fromJSON(state as DetectorState)).toThrow(new RangeError(message));
  });
});
