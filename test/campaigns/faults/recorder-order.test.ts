import { expect, test } from 'vitest';
import type { Arrival } from './aftermath.ts';
import { keyOf } from './producer.ts';
import { toldOutOfOrder, untold } from './recorder-order.ts';

const stored = (number: number): Arrival => ({ seriesId: 's', eventKey: keyOf(number) });
const closed = (number: number, oldest = number, count = number - oldest + 1): Arrival => ({
  ...stored(number),
  wave: { closing: keyOf(number), oldest: keyOf(oldest), count },
});

test.each<[string, readonly number[], readonly Arrival[], number]>([
  ['nothing came', [0, 1], [], 0],
  ['the closing item came last', [0, 1, 2], [stored(1), stored(0), closed(2, 0)], 0],
  ['it came before an older one', [0, 1, 2], [stored(1), closed(2, 0), stored(0)], 1],
  ['each was a wave of its own', [0, 1], [closed(0), closed(1)], 0],
  ['they were told in the wrong order', [0, 1], [closed(1), closed(0)], 1],
  [
    'they were written again, cut in another way',
    [0, 1, 2],
    [stored(0), closed(1, 0), stored(1), closed(2, 0)],
    0,
  ],
  ['an older event was put later', [1, 0], [closed(1), closed(0)], 0],
  ['an older event was put later, and told first', [1, 0], [closed(0), closed(1)], 1],
  ['a later event was written before it was told', [0, 1], [stored(1), closed(0), closed(1)], 0],
])('order: %s', (_, order, arrived, wrong) => {
  expect(toldOutOfOrder(arrived, { order })).toHaveLength(wrong);
});

test.each<[string, readonly Arrival[], number]>([
  ['nothing came', [], 0],
  ['all of it in one wave', [stored(0), stored(1), closed(2, 0)], 0],
  ['a wave did not close', [stored(0), stored(1)], 2],
  ['an event changed after it was told', [closed(2, 0), stored(1)], 1],
  ['and was told again, in another wave', [closed(2, 0), stored(1), closed(3, 1, 2)], 0],
  ['and the next wave says nothing of it', [closed(2, 0), stored(1), closed(3)], 1],
])('news: %s', (_, arrived, wrong) => {
  expect(untold(arrived)).toHaveLength(wrong);
});
