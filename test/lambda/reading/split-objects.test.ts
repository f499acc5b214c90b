import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitObjects } from '../../../lambda/reading/split-objects.ts';

const object = fc
  .dictionary(fc.string({ unit: fc.constantFrom('a', '{', '}', '"', '\\', '[', '\n') }), fc.jsonValue(), {
    maxKeys: 3,
  })
  .map((value) => JSON.stringify(value));
const blank = fc.constantFrom('', ' ', '\n', '\r\n\t');

test('joined objects come apart as they were, whatever is in them and between them', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(blank, object), { maxLength: 6 }), blank, (parts, end) => {
      const text = parts.map(([before, one]) => before + one).join('') + end;
      expect([...splitObjects(text)]).toEqual(parts.map(([, one]) => one));
    }),
  );
});

test.each<[string, readonly string[]]>([
  ['', []],
  [' \n', []],
  ['{}', ['{}']],
  ['{}{}', ['{}', '{}']],
  ['{"a":"}"}{"b":{"c":"\\"{"}}', ['{"a":"}"}', '{"b":{"c":"\\"{"}}']],
  // What stands between two objects, before them and behind them.
  ['x{}', ['x', '{}']],
  ['{} , {} ', ['{}', ',', '{}']],
  ['{}}', ['{}', '}']],
  ['"{}"', ['"', '{}', '"']],
  // One that does not end, and what only looks like its end.
  ['{}{"a":1', ['{}', '{"a":1']],
  ['{"a":"}', ['{"a":"}']],
  ['{"a":"\\"}', ['{"a":"\\"}']],
  ['{"a":"\\\\"}x', ['{"a":"\\\\"}', 'x']],
])('%j is %j', (text, parts) => {
  expect([...splitObjects(text)]).toEqual(parts);
});
