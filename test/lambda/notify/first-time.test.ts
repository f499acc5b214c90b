import { expect, test } from 'vitest';
import { firstTime } from '../../../lambda/notify/first-time.ts';

test('a text is new the first time, and again once two others came since', () => {
  const isNew = firstTime(2);
  expect(['a', 'a', 'b', 'a', 'c', 'a', 'b'].map(isNew)).toEqual([
    true,
    false,
    true,
    false,
    true,
    false,
    true,
  ]);
});
