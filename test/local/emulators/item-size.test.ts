import type { AttributeValue } from 'aws-lambda';
import { expect, test } from 'vitest';
import { itemSize } from '../../../local/emulators/item-size.ts';

/** Sizes of values under a name of one byte, as DynamoDB Local gave them. */
test.each<[string, AttributeValue, number]>([
  ['text of two bytes a letter', { S: 'é' }, 2],
  ['empty text', { S: '' }, 0],
  ['bytes', { B: 'AP8=' }, 2],
  ['true', { BOOL: true }, 1],
  ['null', { NULL: true }, 1],
  ['zero', { N: '0' }, 1],
  ['one digit', { N: '1' }, 2],
  ['a digit and a minus', { N: '-1' }, 3],
  ['zeros at the end do not count', { N: '100' }, 2],
  ['zeros at the start do not count', { N: '0.1' }, 2],
  ['two digits in a pair', { N: '12' }, 2],
  ['two digits in two pairs', { N: '1.2' }, 3],
  ['an exponent', { N: '1.2E-3' }, 2],
  ['twenty digits', { N: '12345678901234567890' }, 11],
  ['a set of numbers', { NS: ['1', '-1'] }, 5],
  ['a set of texts', { SS: ['p', 'é'] }, 3],
  ['a set of bytes', { BS: ['AQ==', 'Ag=='] }, 2],
  ['a list', { L: [{ S: 'x' }, { NULL: true }] }, 3 + 2 * 2],
  ['a map', { M: { x: { S: 'y' } } }, 3 + 1 + 2],
])('%s', (_, value, size) => {
  expect(itemSize({ a: value })).toBe(1 + size);
});
