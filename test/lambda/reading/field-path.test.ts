import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  deepestField,
  fieldReader,
  isTakenBefore,
  leavesOf,
  ownField,
} from '../../../lambda/reading/field-path.ts';
import { fieldInSeries, fieldOfSeries, seriesOfField } from '../../../lambda/reading/series-of-field.ts';

/** Objects whose names have dots, or not, and lead to values, nulls and arrays. */
const name = fc.constantFrom('a', 'b', 'a.b', 'b.a', 'a.a', 'a.b.a');
const { object } = fc.letrec<{ object: Record<string, unknown> }>((tie) => ({
  object: fc.dictionary(
    name,
    fc.oneof({ maxDepth: 3 }, fc.constantFrom<unknown>(0, 1, '', 'x', null, [1], false), tie('object')),
    { maxKeys: 3 },
  ),
}));
const path = fc.constantFrom('a', 'b', 'a.b', 'a.a.b', 'a.b.a', 'a.b.a.b', 'c', 'a.c');

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const holds = (value: unknown) => value !== undefined && value !== null && !isPlain(value);

/** All that a path may lead to, the shortest names first. */
function everyField(value: unknown, path: string): readonly unknown[] {
  const steps = path.split('.');
  const longer = steps.slice(1).flatMap((_, index) => {
    const inner = ownField(value, steps.slice(0, index + 1).join('.'));
    return inner === undefined ? [] : everyField(inner, steps.slice(index + 1).join('.'));
  });
  const own = ownField(value, path);
  return own === undefined ? longer : [...longer, own];
}

test.each<[object, string, unknown]>([
  [{ a: 0 }, 'a', 0],
  [{ b: 0 }, 'a', undefined],
  [{ a: null }, 'a', null],
  [{ 'a.b': 0, a: { b: 1 } }, 'a.b', 0],
  [{ 'a.b': null, a: { b: 1 } }, 'a.b', 1],
  [{ 'a.b': { c: 1 }, a: { b: 2 } }, 'a.b', 2],
  [{ 'a.b': null, a: { b: {} } }, 'a.b', null],
  [{ 'a.b': null }, 'a.b', null],
  [{ a: { b: null } }, 'a.b', null],
  [{ a: 5 }, 'a.b', undefined],
  [{ a: { 'b.c': 1 } }, 'a.b.c', 1],
  [{ 'a.b': { c: 1 } }, 'a.b.c', 1],
  [{ a: { b: { c: null }, 'b.c': 2 } }, 'a.b.c', 2],
  [{ a: { b: { c: 1 }, 'b.c': 2 } }, 'a.b.c', 1],
  [{ 'a.b': { c: 3 }, a: { 'b.c': 2 } }, 'a.b.c', 2],
  [{ 'a.b': { c: 3 }, a: { 'b.c': null } }, 'a.b.c', 3],
  [{ 'a.b': { c: {} }, a: { 'b.c': null } }, 'a.b.c', null],
])('%j has at %s: %j', (value, path, found) => {
  expect(fieldReader(path)(value)).toEqual(found);
});

test('a path leads to the field of its very name, else to that with the shortest names, of those with a value first', () => {
  fc.assert(
    fc.property(object, path, (value, path) => {
      const own = ownField(value, path);
      const all = [...(own === undefined ? [] : [own]), ...everyField(value, path)];
      expect(fieldReader(path)(value)).toBe(all.find(holds) ?? all[0]);
    }),
    { numRuns: 2000 },
  );
});

test('of the leaves of one path, that one is taken before the others which the path leads to', () => {
  fc.assert(
    fc.property(object, (value) => {
      const all = [...leavesOf(value)];
      for (const path of new Set(all.map((leaf) => leaf.path))) {
        const leaves = all.filter((leaf) => leaf.path === path);
        const first = leaves.reduce((one, other) => (isTakenBefore(other, one) ? other : one));
        const read = fieldReader(path)(value);
        // An object without a field is no leaf.
        if (!isPlain(read)) expect(read).toBe(first.value);
      }
    }),
    { numRuns: 1000 },
  );
});

describe('the leaves of a value', () => {
  const leaves = (value: unknown) => [...leavesOf(value)].map(({ path, value }) => [path, value]);

  test('are the fields that hold no object, in their order, with their paths', () => {
    expect(leaves({ a: 1, b: { c: null, 'd.e': [{ f: 1 }] }, '': { g: '' } })).toEqual([
      ['a', 1],
      ['b.c', null],
      ['b.d.e', [{ f: 1 }]],
      ['.g', ''],
    ]);
    expect([...leavesOf({ b: { 'd.e': 1 } })]).toEqual([{ path: 'b.d.e', names: ['b', 'd.e'], value: 1 }]);
    for (const none of [5, null, 'x', [1], undefined, {}]) expect(leaves(none)).toEqual([]);
  });

  test('are no deeper than names go', () => {
    const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });
    expect(leaves(nested(deepestField))).toEqual([[Array(deepestField).fill('a').join('.'), 1]]);
    expect(leaves(nested(deepestField + 1))).toEqual([[Array(deepestField).fill('a').join('.'), { a: 1 }]]);
  });

  test('are not looked for behind names that no series has room for', () => {
    const [long, longer] = [2_048, 2_049].map((length) => 'x'.repeat(length));
    expect(leaves({ [`${long}`]: { a: 1 } })).toEqual([[`${long}.a`, 1]]);
    expect(leaves({ [`${longer}`]: { a: 1 } })).toEqual([[longer, { a: 1 }]]);
  });
});

test('an object has what it holds itself, and nothing that every object has', () => {
  expect(ownField({ a: 1 }, 'a')).toBe(1);
  for (const value of [{ a: 1 }, [1], 'x', null, undefined, 5]) {
    expect(ownField(value, 'toString')).toBeUndefined();
    expect(ownField(value, 'length')).toBeUndefined();
  }
});

test('the name of a series tells its device and its field, whatever these are', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '/', '~', '0', '1'), minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(text, text, (device, field) => {
      const series = seriesOfField(device, field);
      expect(series).toBe(`${device}/${fieldInSeries(field)}`);
      expect(fieldOfSeries(series)).toEqual({ device, field });
    }),
  );
  for (const none of ['', 'a', '/a', 'a/', 'a/~', 'a/~2', 'a/b~'])
    expect(fieldOfSeries(none)).toBeUndefined();
});
