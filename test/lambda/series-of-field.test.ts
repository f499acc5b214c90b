import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldOfSeries, seriesOfField } from '../../lambda/reading/series-of-field.ts';

const name = fc.string({ unit: fc.constantFrom('a', 'b', '/', '~', '0', '1'), minLength: 1, maxLength: 6 });

test('two fields of two devices are never one series, and the name tells both', () => {
  fc.assert(
    fc.property(name, name, (device, field) => {
      expect(fieldOfSeries(seriesOfField(device, field))).toEqual({ device, field });
    }),
  );
});

test.each([
  ['d1', 'temperature', 'd1/temperature'],
  ['d1/a', 'b', 'd1/a/b'],
  ['d1', 'a/b', 'd1/a~1b'],
  ['d1', '~1', 'd1/~01'],
])('%s with the field %s is %s', (device, field, expected) => {
  expect(seriesOfField(device, field)).toBe(expected);
});

test.each(['d1', '/d1', 'd1/', 'd1/a~2', 'd1/a~'])('%s is no such name', (series) => {
  expect(fieldOfSeries(series)).toBeUndefined();
});
