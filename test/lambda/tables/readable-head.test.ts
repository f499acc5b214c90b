import { describe, expect, test } from 'vitest';
import type { Head } from '../../../lambda/tables/head.ts';
import { readableHead } from '../../../lambda/tables/readable-head.ts';
import { mostSlots } from '../../../lambda/tables/regime-chunks.ts';

const key = '2026-01-01T00:00:00.000Z#e';
const edition = { id: 'x', start: 0, digest: '0123456789abcdef' };
const chunks = { slot: 0, id: 'y', through: key };
const whole: Head = {
  seriesId: 's',
  version: 3,
  writeId: 'w',
  regimeAfter: key,
  testedThrough: key,
  edition,
  chunks,
  ahead: ['a'],
};

test('a HEAD as the detector writes it is read as it is, and so is one that has nothing yet', () => {
  expect(readableHead(whole)).toEqual(whole);
  const first = { seriesId: 's', version: 1 };
  expect(readableHead(first)).toEqual(first);
  const later = { ...whole, edition: { ...edition, start: 1e9 }, chunks: { ...chunks, slot: mostSlots - 1 } };
  expect(readableHead(later)).toEqual(later);
});

describe('what only saves work is left out if it is damaged, and all else stays', () => {
  const strange = [null, 5, 'x', [], {}, true];
  test.each<[keyof Head, readonly unknown[]]>([
    ['testedThrough', [...strange, '2026-01-01', `x${key}`]],
    ['edition', strange],
    [
      'edition',
      [
        { ...edition, id: 5 },
        { ...edition, id: undefined },
      ],
    ],
    ['edition', [-1, 0.5, '0', Number.NaN, undefined, 2 ** 53].map((start) => ({ ...edition, start }))],
    [
      'edition',
      ['', '0123456789abcdeF', '0123456789abcde', '0123456789abcdef0', 5, undefined].map((digest) => ({
        ...edition,
        digest,
      })),
    ],
    ['chunks', strange],
    ['chunks', [-1, 0.5, '0', mostSlots, undefined].map((slot) => ({ ...chunks, slot }))],
    [
      'chunks',
      [
        { ...chunks, id: 5 },
        { ...chunks, id: undefined },
      ],
    ],
    ['chunks', ['x', 5, undefined].map((through) => ({ ...chunks, through }))],
  ])('%s: %j', (name, values) => {
    const { [name]: _, ...rest } = whole;
    for (const value of values) expect(readableHead({ ...whole, [name]: value })).toEqual(rest);
  });
});

test.each([null, 5, '', 'x', '2026-01-01', [key]])(
  'one that begins after %j cannot be gone on with',
  (regimeAfter) => {
    expect(() =>
      readableHead({ ...whole, seriesId: 'boiler\n7', regimeAfter: regimeAfter as string }),
    ).toThrow(
      new Error(
        'the HEAD of boiler 7 has a regimeAfter that is no event key: correct it, or delete the HEAD to have the series tested anew',
      ),
    );
  },
);
