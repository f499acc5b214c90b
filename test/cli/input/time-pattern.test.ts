import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contradictionIn, timePattern } from '../../../cli/input/time-pattern.ts';
import { runHere } from '../in-process.ts';

/** The parts of 2026-03-07T21:05:09, as they are written. */
const written = {
  Y: '2026',
  y: '26',
  m: '03',
  b: 'Mar',
  d: '07',
  a: 'Sat',
  H: '21',
  I: '09',
  M: '05',
  S: '09',
  p: 'PM',
  z: '+00:00',
};
type Part = keyof typeof written;

test('a pattern is taken if it says each part of a time once and as a whole, and it then reads that time', () => {
  const parts = fc.shuffledSubarray(Object.keys(written) as Part[]);
  const count = (given: readonly Part[], ...some: Part[]) =>
    some.filter((part) => given.includes(part)).length;
  fc.assert(
    fc.property(parts, (given) => {
      const pattern = given.map((part) => `%${part}`).join(' ');
      const isClear =
        count(given, 'Y', 'y') === 1 &&
        count(given, 'm', 'b') === 1 &&
        count(given, 'H', 'I') <= 1 &&
        given.includes('I') === given.includes('p');
      const read = timePattern(pattern);
      expect({ pattern, isTaken: read !== undefined }).toEqual({ pattern, isTaken: isClear });
      const has = (part: Part) => (given.includes(part) ? Number(written[part]) : 0);
      const hour = count(given, 'H', 'I') === 1 ? 21 : 0;
      const ms = Date.UTC(2026, 2, has('d') || 1, hour, has('M'), has('S'));
      if (isClear) expect(read?.(given.map((part) => written[part]).join(' '))?.ms).toBe(ms);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['%Y-%m-%d %I:%M', '%I without %p'],
  ['%Y-%m-%d %H:%M %p', '%p without %I'],
  ['%Y-%m-%d %p', '%p without %I'],
  ['%Y-%m-%d %H %I %p', '%H with %I'],
  ['%Y %y-%m', '%Y with %y'],
  ['%d %b %Y %m', '%m with %b'],
  ['%Y-%m-%d %%p', undefined],
  ['%d %b %y %I:%M %p', undefined],
])('%s', async (pattern, contradiction) => {
  expect(contradictionIn(pattern)).toBe(contradiction);
  const { code, error } = await runHere(['detect', '-', '--time-format', pattern], { input: 'value\n1\n' });
  if (contradiction === undefined) return expect(error).not.toContain('It must');
  expect(error).toContain(`It must not have ${contradiction}, got '${pattern}'. (see aed detect --help)\n`);
  expect(code).toBe(2);
});
