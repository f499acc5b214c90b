import { expect, test } from 'vitest';
import { sumsOfBlock } from '../../../core/src/scan/dependence/block-sums.ts';
import { type LagSums, memoryOf, sumsIn } from '../../../core/src/scan/dependence/lag-sums.ts';

const wave = Float64Array.from({ length: 40 }, (_, index) => Math.sin(index * index));

test.each([
  ['of a block that moves by more than the threshold', wave, 0.1],
  ['of one that moves by less: all of its pairs are close', wave, 2],
])('the sums %s are read from their memory', (_, block, threshold) => {
  const sums = sumsOfBlock(block, threshold);
  expect(sumsIn(memoryOf(sums, threshold), threshold)).toEqual(sums);
});

test.each<[string, (sums: LagSums) => void]>([
  ['no points', ({ counts }) => counts.set([0, 1, 0])],
  ['a negative number of pairs', ({ pairs }) => pairs.set([-1], 3)],
  ['a negative number of blocks', ({ counts }) => counts.set([-1], 1)],
  ['more close pairs than pairs', ({ counts }) => counts.set([40.5], 2)],
  ['too few pairs of neighbours for their points', ({ pairs }) => pairs.set([39], 1)],
  ['scores above 1', ({ products }) => products.set([80.5])],
  ['a sum of products above that of squares', ({ products }) => products.set([-7], 1)],
])('sums of %s are those of no scores', (_, damage) => {
  const sums = sumsOfBlock(wave, 0.1);
  damage(sums);
  expect(sumsIn(memoryOf(sums, 0.1), 0.1)).toBeUndefined();
});
