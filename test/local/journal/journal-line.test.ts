import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeIn, lineOf } from '../../../local/journal/journal-line.ts';

const change = fc.oneof(fc.tuple(fc.string()), fc.tuple(fc.string(), fc.jsonValue()));

test('a line says the change that was written, and ends where a line ends', () => {
  fc.assert(
    fc.property(change, (given) => {
      const line = lineOf(given);
      expect(line.indexOf('\n')).toBe(line.length - 1);
      expect(changeIn(line)).toEqual(JSON.parse(JSON.stringify(given)));
    }),
  );
});

test('a byte that is another one is noticed, wherever it is before the end', () => {
  const line = lineOf(['sqs queue 1', { MessageBody: 'a level rose by 3 °C' }]);
  for (let at = 0; at < line.length - 1; at++) {
    const damaged = Buffer.from(line);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    expect(() => changeIn(damaged), `byte ${at}`).toThrow();
  }
});

test('what was exchanged for another change of the same length is told', () => {
  const line = lineOf(['key', 1]);
  line.write('2', line.indexOf('1'));
  expect(() => changeIn(line)).toThrow(new Error('its checksum is another one'));
});

test('a line of an earlier version has no checksum', () => {
  expect(changeIn(Buffer.from('["key",{"a":1}]\n'))).toEqual(['key', { a: 1 }]);
  expect(changeIn(Buffer.from('["key"]\n'))).toEqual(['key']);
});

test.each(['[]', '[7,"value"]', '["key","value","more"]', '{"key":"value"}', '"key"', 'null', '7'])(
  'JSON that is no change is told: %s',
  (json) => {
    expect(() => changeIn(Buffer.from(`${json}\n`))).toThrow(new Error('it is no change of a value'));
  },
);

test.each(['', '["key"', 'key'])('what is no JSON is told: %j', (text) => {
  expect(() => changeIn(Buffer.from(`${text}\n`))).toThrow(SyntaxError);
});
