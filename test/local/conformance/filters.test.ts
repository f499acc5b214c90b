import { describe, expect, test } from 'vitest';
import type { FilterPattern, FilterRule } from '../../../lib/deployment-limits.ts';
import { passesFilters } from '../../../local/event-source-mapping/filter.ts';

test.each<[string, unknown, readonly FilterPattern[], boolean]>([
  ['no pattern lets all pass', { a: 'x' }, [], true],
  ['a value that is listed', { a: 'x' }, [{ a: ['w', 'x'] }], true],
  ['a value that is not listed', { a: 'y' }, [{ a: ['w', 'x'] }], false],
  ['a field that is missing', {}, [{ a: ['x'] }], false],
  ['every field of a pattern must match', { a: 'x', b: 'z' }, [{ a: ['x'], b: ['y'] }], false],
  ['one pattern of several is enough', { a: 'x' }, [{ b: ['y'] }, { a: ['x'] }], true],
  [
    'one of several patterns inside one',
    { a: 'x', c: 1 },
    [{ $or: [{ b: ['y'] }, { a: ['x'] }], c: [1] }],
    true,
  ],
  ['none of several patterns inside one', { a: 'x' }, [{ $or: [{ b: ['y'] }, { a: ['z'] }] }], false],
  ['a field inside another', { a: { b: 'x' } }, [{ a: { b: ['x'] } }], true],
  ['a field inside one that is missing', { a: 'x' }, [{ a: { b: ['x'] } }], false],
  ['what every object inherits is no field', {}, [{ constructor: { name: ['Object'] } }], false],
  ['a record that is no object', undefined, [{ a: ['x'] }], false],
  ['one member of a list is enough', { a: ['w', 'x'] }, [{ a: ['x'] }], true],
  ['text that looks like a number is not that number', { a: '1' }, [{ a: [1] }], false],
  ['null matches null', { a: null }, [{ a: [null] }], true],
  ['null does not match a missing field', {}, [{ a: [null] }], false],
  ['empty text matches empty text', { a: '' }, [{ a: [''] }], true],
])(
  'a record passes if a pattern has a rule for each of its fields that holds: %s',
  (_, record, patterns, passes) => {
    expect(passesFilters(record, patterns)).toBe(passes);
  },
);

describe('data that is no JSON', () => {
  test.each<[string, FilterPattern, boolean]>([
    ['passes a pattern of its metadata alone', { partitionKey: ['k'] }, true],
    ['passes no pattern that looks into it', { data: { a: ['x'] } }, false],
    ['passes no pattern that wants a field absent', { data: { a: [{ exists: false }] } }, false],
    ['passes a pattern of its very text', { data: ['plain'] }, true],
  ])('%s', (_, pattern, passes) => {
    expect(passesFilters({ partitionKey: 'k', data: 'plain' }, [pattern])).toBe(passes);
  });
});

describe('comparisons', () => {
  test.each<[string, FilterRule, readonly unknown[], readonly unknown[]]>([
    [
      'exists, as a value that has no fields of its own',
      { exists: true },
      ['', 0, null],
      [undefined, { b: 1 }],
    ],
    ['does not exist, as such a value', { exists: false }, [undefined, { b: 1 }], ['', 0, null]],
    ['prefix', { prefix: 'ab' }, ['ab', 'abc'], ['Abc', 'ba', 5, undefined]],
    ['suffix', { suffix: 'ab' }, ['ab', 'cab'], ['abc', 5, undefined]],
    ['equals, ignoring case', { 'equals-ignore-case': 'Ab' }, ['aB', 'Ab'], ['abc', 5, undefined]],
    ['anything but a value', { 'anything-but': 'a' }, ['b', 5, null], ['a', undefined]],
    ['anything but several', { 'anything-but': ['a', 5] }, ['b', 6], ['a', 5, undefined]],
    ['numeric, equal', { numeric: ['=', 5] }, [5], [5.1, '5', undefined]],
    ['numeric, a range', { numeric: ['>', 0, '<=', 5] }, [0.1, 5], [0, 5.1, null]],
    ['numeric, open', { numeric: ['>=', 3] }, [3, 1e9], [2.9]],
    ['numeric, below', { numeric: ['<', 3] }, [2.9, -1], [3]],
  ])('%s', (_, rule, passing, failing) => {
    const passes = (a: unknown) => passesFilters(a === undefined ? {} : { a }, [{ a: [rule] }]);
    expect(passing.filter(passes)).toEqual(passing);
    expect(failing.filter(passes)).toEqual([]);
  });

  test('an operator that does not exist is refused', () => {
    expect(() => passesFilters({ a: 1 }, [{ a: [{ numeric: ['~', 1] }] }])).toThrow(
      new RangeError('numeric takes =, <, <=, > and >=, got ~'),
    );
  });
});
