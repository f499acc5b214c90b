import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digitsOfLevels, plain, typeset } from '../../lambda/figures.ts';
import { ago, shortDuration, shortIso, utcTime } from '../../lambda/times.ts';

test.each([
  [plain.level(1234.5678), '1234.6'],
  [plain.level(-0.5), '−0.5'],
  [plain.level(-0), '0'],
  [plain.level(-1e-7), '−1e−7'],
  [plain.level(1234567), '1234600'],
  [plain.level(1.23456789, 6), '1.23457'],
  [plain.level(Number.MAX_VALUE), '1.7976931348623157e+308'],
  [plain.signed(3), '+3'],
  [plain.signed(-3), '−3'],
  [plain.signed(0), '0'],
  [plain.signed(-0), '0'],
  [plain.pValue(1.2345e-7, 0.01), '1.2e−7'],
  [plain.counted(0, 'reading'), '0 readings'],
  [plain.counted(1, 'reading'), '1 reading'],
  [plain.counted(2000, 'series', 'series'), '2000 series'],
  [plain.count(2000), '2000'],
  [typeset.level(1234.5678), '1,234.6'],
  [typeset.level(-0.5), '−0.5'],
  [typeset.level(0), '0'],
  [typeset.level(-0), '0'],
  [typeset.signed(-0), '0'],
  [typeset.level(6.02e23), '6.02e+23'],
  [typeset.level(1e-9), '1e−9'],
  [plain.range(-0.5, 3), '−0.5 … +3'],
  [typeset.range(-0.5, 3000), '−0.5 … +3,000'],
  [typeset.signed(3), '+3'],
  [typeset.signed(-3), '−3'],
  [typeset.counted(0, 'reading'), 'no readings'],
  [typeset.counted(1, 'reading'), '1 reading'],
  [typeset.counted(2000, 'series', 'series'), '2,000 series'],
  [typeset.count(1_234_567_890), '1,234,567,890'],
  [typeset.pValue(0.01234, 0.05), '0.012'],
  [typeset.pValue(0.009_96, 0.01), '0.00996'],
  [typeset.pValue(1.2345e-7, 0.01), '1.2e−7'],
  [typeset.pValue(9.96e-5, 1e-4), '9.96e−5'],
  [shortIso('2025-01-01T00:00:00.000Z'), '2025-01-01T00:00:00Z'],
  [shortIso('2025-01-01T00:00:00.010Z'), '2025-01-01T00:00:00.010Z'],
  [utcTime(0), '1970-01-01 00:00:00'],
  [utcTime(1), '1970-01-01 00:00:00.001'],
  [ago(499), '0 s ago'],
  [ago(61_000), '1 min ago'],
  [ago(7_300_000), '2 h ago'],
  [shortDuration(12.3), '12 ms'],
  [shortDuration(1234), '1.2 s'],
])('%s', (text, expected) => {
  expect(text).toBe(expected);
});

/** What a text with the real minus sign says. */
const numberOf = (text: string) => Number(text.replaceAll('−', '-').replaceAll(',', ''));

describe('levels before and after', () => {
  test.each([
    [1102.25, 837.5, '1102.3 → 837.5', '1,102.3 → 837.5'],
    [20, 20, '20 → 20', '20 → 20'],
    [0, -0.25, '0 → −0.25', '0 → −0.25'],
    [20.0001, 20.0004, '20.0001 → 20.0004', '20.0001 → 20.0004'],
    // Twelve digits would tell these apart, too, but show a difference of 0.01 instead of 0.004.
    [
      1_000_000_000.002,
      1_000_000_000.006,
      '1000000000.002 → 1000000000.006',
      '1,000,000,000.002 → 1,000,000,000.006',
    ],
    [1e15, 1e15 + 1, '1000000000000000 → 1000000000000001', '1000000000000000 → 1000000000000001'],
    [-1e308, 1e308, '−1e+308 → 1e+308', '−1e+308 → 1e+308'],
  ])('%d and %d', (before, after, asPlain, asTypeset) => {
    expect(plain.levels(before, after)).toBe(asPlain);
    expect(typeset.levels(before, after)).toBe(asTypeset);
  });

  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  const neighbours = fc
    .tuple(number, fc.integer({ min: 1, max: 1_000 }))
    .map(([value, steps]) => [value, value + steps * Number.EPSILON * Math.abs(value)] as const);

  /** A number whose sixteenth digit is 5, which may be rounded either way, and one close to it. */
  const halves = fc
    .tuple(
      fc.integer({ min: 1e14, max: 1e15 - 1 }),
      fc.integer({ min: 9, max: 18 }),
      fc.integer({ min: 1, max: 8 }),
    )
    .map(([digits, places, steps]) => [Number(`${digits}5e-${places}`), steps] as const)
    .map(([value, steps]) => [value, value + steps * Number.EPSILON * value] as const);

  test.each([
    ['plain', plain],
    ['typeset', typeset],
  ])('look different wherever they differ: %s', (_, style) => {
    fc.assert(
      fc.property(fc.oneof(fc.tuple(number, number), neighbours, halves), ([before, after]) => {
        fc.pre(before !== after);
        const [from, to] = style.levels(before, after).split(' → ');
        expect(from).not.toBe(to);
      }),
      // Intl.NumberFormat rounds both of these to 0.00001 if it is asked for 16 digits.
      { numRuns: 2_000, examples: [[[0.000009999999999999996, 0.000009999999999999997]]] },
    );
  });

  test('have their usual digits where the difference is seen in them', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-3, max: 10, noNaN: true }),
        (before, change) => {
          const after = before * (1 + change);
          expect(digitsOfLevels(before, after)).toBe(5);
          expect(plain.levels(before, after)).toBe(`${plain.level(before)} → ${plain.level(after)}`);
        },
      ),
    );
  });

  test('have their usual digits where there is no difference', () => {
    fc.assert(
      fc.property(number, (level) => {
        expect(digitsOfLevels(level, level)).toBe(5);
      }),
    );
  });

  test('show a difference that is right to within its half', () => {
    fc.assert(
      fc.property(neighbours, ([before, after]) => {
        const difference = after - before;
        fc.pre(Number.isFinite(difference));
        const [from = Number.NaN, to = Number.NaN] = plain.levels(before, after).split(' → ').map(numberOf);
        expect(Math.abs(to - from - difference)).toBeLessThanOrEqual(Math.abs(difference) / 2);
      }),
    );
  });
});
