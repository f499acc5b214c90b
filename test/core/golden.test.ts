import { mannKendallTest, mppTest } from '@aed/core';
import { describe, expect, test } from 'vitest';
import { shiftOf } from '../../core/src/shift.ts';
import cases from './golden/r-trend.json' with { type: 'json' };
import { naiveMaximum } from './naive.ts';

const toDigits = (value: number, digits: number) => Number(value.toPrecision(digits));
const sorted = (values: readonly number[]) => Float64Array.from(values).sort();

test('the twelve data sets are there', () => expect(cases).toHaveLength(12));

describe.each(cases)('$name', ({ values, pettitt, hodgesLehmann: shift, mannKendall, senSlope }) => {
  const [first = Number.NaN] = pettitt.changeAfter;

  test('K equals that of R', () => expect(mppTest(values).statistic).toBe(pettitt.K));

  test('p equals that of R to 12 digits', () => {
    expect(toDigits(mppTest(values).pValue, 12)).toBe(toDigits(pettitt.p, 12));
  });

  test('the times that reach K are those of R, and the first is the answer', () => {
    expect(naiveMaximum(values, 0).times).toEqual(pettitt.changeAfter);
    expect(mppTest(values).changedAt).toBe(first);
    expect(values.length - mppTest(values.toReversed()).changedAt).toBe(pettitt.changeAfter.at(-1));
  });

  test('the shift across the first of them equals that of R in all digits given', () => {
    const found = shiftOf([{ before: sorted(values.slice(0, first)), after: sorted(values.slice(first)) }]);
    expect(toDigits(found, 15)).toBe(shift);
  });

  test('the Mann–Kendall test equals that of R: S, and variance, z and p to 10 digits', () => {
    const { statistic, variance, z, pValue } = mannKendallTest(values);
    expect(statistic).toBe(mannKendall.S);
    expect([variance, z, pValue].map((value) => toDigits(value, 10))).toEqual(
      [mannKendall.varS, mannKendall.z, mannKendall.p].map((value) => toDigits(value, 10)),
    );
  });

  test("Sen's slope equals that of R to 10 digits", () => {
    expect(toDigits(mannKendallTest(values).slope, 10)).toBe(toDigits(senSlope, 10));
  });
});
