import { resolveOptions } from '@aed/core';
import { expect, test } from 'vitest';
import { seriesDetection } from '../../../cli/detect/series.ts';
import { detectionView } from '../../../cli/detect/view.ts';
import { sink } from '../in-process.ts';

/** More than a table holds. */
const many = 5_010;

test.each([
  ['each change, also those for which its table has no room', 7, many],
  ['nothing before its end, if the input never pauses', many + 1, 0],
])('a live view shows %s', async (_, pauseEvery, shown) => {
  const detection = seriesDetection('', resolveOptions());
  const values = [...Array(20).fill(5), ...Array(20).fill(9)];
  const [change] = values.flatMap((value) => detection.push(value, undefined) ?? []);
  if (change === undefined) throw new Error('a change must be found');
  const { stream: out, text } = sink();
  const view = detectionView(false, { out });
  for (let number = 1; number <= many; number++) {
    view.found({ ...change, changedAt: number }, 0.01);
    if (number % pauseEvery === 0) view.lull();
  }
  if (pauseEvery < many) view.lull();
  await new Promise(setImmediate);
  const numbers = [...text().matchAll(/^▲ since (\d+),/gm)].map(([, number]) => Number(number));
  expect(numbers).toEqual(Array.from({ length: shown }, (_, index) => index + 1));
});
