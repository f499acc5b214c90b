import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fastIsoTime } from '../../../lambda/reading/fast-iso-time.ts';
import { isoTime } from '../../../lambda/reading/iso-time.ts';

test.each([
  '2026-01-31T12:30:45.678',
  '1989-09-29T19:59:09.999',
  '0004-02-29T00:00:00.000',
  '9999-12-31T23:58:07.060',
])('%s is read at once, also with a space for the T, without milliseconds and with a Z', (text) => {
  for (const sign of ['T', ' '])
    for (const length of [19, 23])
      for (const zone of ['', 'Z']) {
        const form = text.replace('T', sign).slice(0, length);
        expect(fastIsoTime(form + zone)).toEqual({
          ms: Date.parse(`${text.slice(0, length)}Z`),
          ns: 0,
          offset: zone === 'Z' ? 0 : undefined,
        });
      }
});

const day = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9999-12-31T00:00:00Z'),
  noInvalidDate: true,
});
const common = fc
  .tuple(day, fc.constantFrom('T', ' '), fc.constantFrom(19, 23), fc.constantFrom('', 'Z'))
  .map(([one, sign, length, zone]) => one.toISOString().replace('T', sign).slice(0, length) + zone);
const edit = fc.record({
  at: fc.nat({ max: 24 }),
  taken: fc.nat({ max: 1 }),
  put: fc.constantFrom('', '0', '2', '6', '9', ':', '/', '-', '.', ',', 'T', ' ', 'Z', 'x'),
});

/** The same time in a form that is not the common one: with a small T, or with two spaces. */
const inOtherForm = (text: string) =>
  text.slice(0, 10) + text.slice(10).replace(/^T/, 't').replace(/^ /, '  ');

test('a text of the common form says what it says in any other, and what is no time in the others is none in it', () => {
  fc.assert(
    fc.property(common, fc.array(edit, { maxLength: 2 }), (text, edits) => {
      let edited = text;
      for (const { at, taken, put } of edits) edited = edited.slice(0, at) + put + edited.slice(at + taken);
      expect(fastIsoTime(inOtherForm(edited))).toBeUndefined();
      expect(isoTime(edited)).toEqual(isoTime(inOtherForm(edited)));
    }),
    { numRuns: 1000 },
  );
});

test.each([
  '2026-01-31T12:30:1',
  '2026-01-31T12:30:155',
  '2026-01-31T12:30:15.67',
  '2026-01-31T12:30:15.6789',
  '2026-01-31T12:30:15,678',
  '2026-01-31T12-30:15',
  '2026-01-31T12:30-15',
  '2026-01-31x12:30:15',
  '2026/01/31T12:30:15',
  '2026-01-31T12:3a:15',
  '2026-01-31T12:30:15.67/',
  '2026-01-31T12:30:15.67:',
  '2026-02-30T12:30:15',
  '2026-01-31T25:30:15',
  '2026-01-31T24:00:00.001',
  'x2026-01-3T12:30:15',
])('%s is not the common form of a time', (text) => {
  expect(fastIsoTime(text)).toBeUndefined();
  // One of that day before makes no difference.
  fastIsoTime('2026-01-31T00:00:00');
  expect(fastIsoTime(text)).toBeUndefined();
});
