import { expect, test } from 'vitest';
import { levelledSeason, withoutSeason } from '../../core/src/seasons/without-season.ts';

test('a change with no phase on both sides cannot be told from the season, and is taken for it', () => {
  const [regime, phases] = [Float64Array.of(1, 2, 8, 9), Float64Array.of(0, 1, 2, 3)];
  expect([...withoutSeason(regime, phases, 2)]).toEqual([0, 0, 0, 0]);
  expect([...levelledSeason(regime, phases, 2)]).toEqual([5, 5, 5, 5]);
});

test('a change is no part of the season', () => {
  const [regime, phases] = [Float64Array.of(1, 5, 1, 5, 11, 15), Float64Array.of(0, 1, 0, 1, 0, 1)];
  expect([...withoutSeason(regime, phases, 4)]).toEqual([0, 0, 0, 0, 10, 10]);
  expect([...levelledSeason(regime, phases, 4)]).toEqual([3, 3, 3, 3, 13, 13]);
});
