import { expect, test } from 'vitest';
import { walkThrough } from '../../bench/statistics/walk-through.ts';
import { walks } from '../../bench/statistics/walks.ts';

test.each(walks)('the decision tree leads to what is known: $data', async (walk) => {
  expect(await walkThrough(walk)).toMatchObject({ right: true, steps: walk.steps.length });
});

test('each line of the tree is gone through, in its order', () => {
  const lines = walks.map(({ steps }) => steps.map(({ line }) => line));
  for (const taken of lines) expect(taken).toEqual([...taken].sort());
  expect([...new Set(lines.flat())].sort()).toEqual([1, 2, 3, 4, 5, 6]);
});
