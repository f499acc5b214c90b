import { expect, test } from 'vitest';
import { winsorised } from '../../../core/src/answer/winsorised.ts';

test('in a regime of equal points there is nothing to see', () => {
  const { values, step, low, high } = winsorised(new Float64Array(6).fill(5), 3);
  expect([...values]).toEqual([0, 0, 0, 0, 0, 0]);
  expect([step, low, high].map(Math.abs)).toEqual([0, 0, 0]);
});
