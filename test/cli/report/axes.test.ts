import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timeLabels } from '../../../cli/report/time-labels.ts';
import { valueScale, valueTicks } from '../../../cli/report/value-axis.ts';

/** Values of any size, and values that differ in their last digits only. */
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const pairs = fc.oneof(
  fc.tuple(number, number),
  fc
    .tuple(number, fc.integer({ min: 1, max: 100 }))
    .map(([value, steps]) => [value, value + steps * Number.EPSILON * Math.abs(value)] as [number, number])
    .filter(([, high]) => Number.isFinite(high)),
  fc.constantFrom<[number, number]>(
    [-Number.MAX_VALUE, Number.MAX_VALUE],
    [-1.7e308, 1.7e308],
    [0, Number.MIN_VALUE],
    [7.25, 7.25],
    [0, 0],
    [1_000_000_000.002, 1_000_000_000.006],
  ),
);

describe('the axis of values', () => {
  test('shows values of any size and distance within its extent, with labels of their own', () => {
    fc.assert(
      fc.property(pairs, (values) => {
        const { extent, toUnit, ticks } = valueScale(values);
        for (const value of values) expect(Math.abs(toUnit(value))).toBeLessThanOrEqual(1.000001);
        const shown = ticks(...extent, 7);
        expect(shown.length).toBeGreaterThan(0);
        expect(shown.length).toBeLessThan(12);
        const labels = shown.map(({ label }) => label);
        expect(new Set(labels).size).toBe(labels.length);
        expect(labels.join()).not.toMatch(/Infinity|NaN|∞|-/);
        for (const { at } of shown) expect(Math.abs(at)).toBeLessThanOrEqual(1.2);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    [0, 10, ['0', '2', '4', '6', '8', '10']],
    [-0.35, 0.31, ['−0.3', '−0.2', '−0.1', '0', '0.1', '0.2', '0.3']],
    [
      999_999_999.998,
      1_000_000_000.008,
      [
        '999,999,999.998',
        '1,000,000,000',
        '1,000,000,000.002',
        '1,000,000,000.004',
        '1,000,000,000.006',
        '1,000,000,000.008',
      ],
    ],
  ])('from %d to %d it has round ticks', (low, high, expected) => {
    const scale = valueScale([low, high]);
    expect(scale.ticks(-1, 1, 7).map(({ label }) => label)).toEqual(expected);
  });

  test('values that are all alike lie in the middle', () => {
    const { toUnit, ticks } = valueScale([20, null, 20]);
    expect(toUnit(20)).toBe(0);
    expect(ticks(-1, 1, 4).map(({ label }) => label)).toContain('20');
  });

  test('of a series without a reading has an axis all the same', () => {
    expect(valueScale([]).ticks(-1, 1, 4).length).toBeGreaterThan(1);
  });

  test('two doubles next to each other are ticks themselves', () => {
    expect(valueTicks(0, Number.MIN_VALUE, 5)).toEqual([0, Number.MIN_VALUE]);
  });
});

describe('the labels of times', () => {
  const ticks = (from: string, step: number, count = 6) =>
    timeLabels(Array.from({ length: count }, (_, index) => Date.parse(from) + index * step));
  const hour = 3_600_000;

  test.each([
    [
      'half days',
      ticks('2026-01-30T12:00:00Z', 12 * hour, 4),
      ['12:00\n30 Jan 2026', '00:00\n31 Jan 2026', '12:00', '00:00\n1 Feb 2026'],
    ],
    ['days', ticks('2025-12-31T00:00:00Z', 24 * hour, 3), ['31 Dec\n2025', '1 Jan\n2026', '2 Jan']],
    ['seconds', ticks('2026-01-31T12:00:00Z', 15_000, 3), ['12:00:00\n31 Jan 2026', '12:00:15', '12:00:30']],
    ['milliseconds', ticks('2026-01-31T12:00:00Z', 50, 2), ['12:00:00.000\n31 Jan 2026', '12:00:00.050']],
    ['years', timeLabels(['1871', '1891', '1911'].map((year) => Date.parse(year))), ['1871', '1891', '1911']],
  ])('%s', (_, labels, expected) => expect(labels).toEqual(expected));

  test('no two of one day look alike, and no date stands there twice', () => {
    const steps = [1, 20, 1000, 15_000, 60_000, 900_000, hour, 6 * hour, 12 * hour, 24 * hour, 168 * hour];
    fc.assert(
      fc.property(
        fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2200') }),
        fc.constantFrom(...steps),
        (date, step) => {
          const first = Math.ceil(date.getTime() / step) * step;
          const labels = timeLabels(Array.from({ length: 9 }, (_, index) => first + index * step));
          const dates = labels.flatMap((label) => label.split('\n').slice(1));
          expect(new Set(dates).size).toBe(dates.length);
          let day: string[] = [];
          for (const label of labels) {
            const [own = '', news] = label.split('\n');
            if (news !== undefined) day = [];
            expect(day).not.toContain(own);
            day.push(own);
          }
        },
      ),
    );
  });
});
