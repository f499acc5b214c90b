import { expect, test } from 'vitest';
import { sameItem } from '../../../local/emulators/same-item.ts';

const item = { k: { S: 'a' }, v: { N: '1' } };

test.each<[string, unknown, unknown, boolean]>([
  ['the same attributes', item, { k: { S: 'a' }, v: { N: '1' } }, true],
  ['attributes in another order', item, { v: { N: '1' }, k: { S: 'a' } }, true],
  ['an object without a prototype', item, Object.assign(Object.create(null), item), true],
  ['no item', undefined, item, false],
  ['another value', item, { ...item, v: { N: '2' } }, false],
  ['another type', item, { ...item, v: { S: '1' } }, false],
  ['an attribute more', item, { ...item, w: { S: 'a' } }, false],
  ['an attribute less', item, { k: item.k }, false],
  ['an attribute of another name', item, { k: item.k, w: item.v }, false],
  ['an attribute that every object inherits', { toString: 1 }, { valueOf: 1 }, false],
  ['a set in another order', { v: { SS: ['a', 'b'] } }, { v: { SS: ['b', 'a'] } }, true],
  ['a set of others', { v: { NS: ['1', '2'] } }, { v: { NS: ['1', '3'] } }, false],
  [
    'a list in another order',
    { v: { L: [{ N: '1' }, { N: '2' }] } },
    { v: { L: [{ N: '2' }, { N: '1' }] } },
    false,
  ],
  ['a longer list', { v: { L: [{ N: '1' }] } }, { v: { L: [{ N: '1' }, { N: '1' }] } }, false],
  ['a map inside', { v: { M: { SS: { S: 'a' } } } }, { v: { M: { SS: { S: 'b' } } } }, false],
])('%s', (_, a, b, same) => {
  expect(sameItem(a, b)).toBe(same);
});
