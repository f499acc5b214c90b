import { expect, test } from 'vitest';
import { groupsOf } from '../../../lambda/tables/groups-of.ts';

test.each([
  [[], []],
  [[1], [[1]]],
  [[1, 2], [[1, 2]]],
  [
    [1, 2, 3, 4, 5],
    [[1, 2], [3, 4], [5]],
  ],
])('%j in groups of two: %j', (all, groups) => {
  expect(groupsOf(all, 2)).toEqual(groups);
});
