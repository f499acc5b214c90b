import { expect, test } from 'vitest';
import { passesFilters } from '../../local/event-source-mapping/filter.ts';

test.each([
  ['no pattern lets all pass', { a: 'x' }, [], true],
  ['a value that is listed', { a: 'x' }, [{ a: ['w', 'x'] }], true],
  ['a value that is not listed', { a: 'y' }, [{ a: ['w', 'x'] }], false],
  ['a field that is missing', {}, [{ a: ['x'] }], false],
  ['every field of a pattern must match', { a: 'x', b: 'z' }, [{ a: ['x'], b: ['y'] }], false],
  ['one pattern of several is enough', { a: 'x' }, [{ b: ['y'] }, { a: ['x'] }], true],
  ['a field inside another', { a: { b: 'x' } }, [{ a: { b: ['x'] } }], true],
  ['a field inside one that is missing', { a: 'x' }, [{ a: { b: ['x'] } }], false],
  ['what every object inherits is no field', {}, [{ constructor: { name: ['Object'] } }], false],
  ['a record that is no object', undefined, [{ a: ['x'] }], false],
])('%s', (_, record, patterns, passes) => {
  expect(passesFilters(record, patterns)).toBe(passes);
});
