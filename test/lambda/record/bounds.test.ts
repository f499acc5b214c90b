import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { boundedJson, fillsMemory } from '../../../lambda/record/bounded-json.ts';
import { decodeText } from '../../../lambda/record/decode-text.ts';
import { eventReading } from '../../../lambda/record/event-reading.ts';
import { objectFinder } from '../../../lambda/record/object-finder.ts';
import { gzipUnpacker, isGzip } from '../../../lambda/record/unpack-gzip.ts';

/** A text of more than this may hold what fills the memory. */
const harmless = 2 ** 20;
const padded = (text: string) => text + ' '.repeat(Math.max(0, harmless + 1 - text.length));
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('a long text fills the memory', () => {
  test.each<[string, string, string]>([
    ['if it is too deep', nested(1000), nested(1001)],
    ['if it is too deep, with objects', '{"a":'.repeat(1000), '{"a":'.repeat(1001)],
    [
      'if it is too deep, whatever stood before',
      `${nested(9)}${nested(1000)}`,
      `${nested(9)}${nested(1001)}`,
    ],
    ['if it has too many values', `[${'0,'.repeat(999_999)}0]`, `[${'0,'.repeat(1_000_000)}0]`],
    ['if it has too many arrays', `[${'[]'.repeat(999_999)}]`, `[${'[]'.repeat(1_000_000)}]`],
    ['if one of its joined values has too many', ...joinedLists()],
  ])('%s', (_, most, more) => {
    expect(fillsMemory(padded(most))).toBe(false);
    expect(fillsMemory(padded(more))).toBe(true);
    expect(boundedJson(padded(more))).toBeUndefined();
  });

  function joinedLists(): [string, string] {
    const list = (values: number) => `[${',0'.repeat(values)}]`;
    return [list(999_999) + list(999_999), list(1) + list(1_000_000)];
  }

  test('but not if its signs are within strings', () => {
    const signs = '[{,'.repeat(500_000);
    expect(fillsMemory(padded(`"${signs}"`))).toBe(false);
    expect(fillsMemory(padded(`"\\"${signs}"`))).toBe(false);
    expect(fillsMemory(padded(`"\\\\"${signs}"`))).toBe(true);
    expect(fillsMemory(padded(`"a"${signs}`))).toBe(true);
  });

  test('a closing sign too many is none', () => {
    expect(fillsMemory(padded(`${']'.repeat(5)}${nested(1000)}`))).toBe(false);
    expect(fillsMemory(padded(`${'}'.repeat(5)}${nested(1001)}`))).toBe(true);
  });
});

test('a short text fills no memory, whatever is in it', () => {
  const text = nested(100_000);
  expect(fillsMemory(text)).toBe(false);
  expect(boundedJson(text)).toBeDefined();
  expect(fillsMemory(nested(harmless / 2))).toBe(false);
  expect(fillsMemory(`${nested(harmless / 2)} `)).toBe(true);
});

describe('what is more than a record may have is not gone through', () => {
  const most = processingLimits.entriesPerRecord;
  const entries = (text: string) =>
    decodeText(Buffer.from(text), {
      reading: eventReading(),
      latestTimestamp: Number.POSITIVE_INFINITY,
      partitionKey: '',
      arrivedAt: 0,
      nextId: () => '',
    });

  test.each([
    ['an array', `[${'0,'.repeat(2 * most)}0]`],
    ['lines', '{}\n'.repeat(2 * most)],
    ['joined objects', '{}'.repeat(2 * most)],
    ['log events', JSON.stringify({ logGroup: 'g', logEvents: Array(2 * most).fill(0) })],
  ])('%s', (_, text) => {
    expect(entries(text).length).toBe(most + 1);
  });

  test('a readable line may stand behind as many that only look like an object', () => {
    const lines = entries(`${'{x}\n'.repeat(most - 1)}{}`);
    expect(lines).toHaveLength(most);
    expect(lines.at(-1)).toMatchObject({ reason: 'missing-field' });
  });

  test('a finder gives up after as many that only look like an object, and after no others', () => {
    const find = objectFinder();
    for (let text = 0; text < most - 1; text++) expect(find('{x}')).toBeUndefined();
    for (const text of ['x', '{x', '[]', '{}']) find(text);
    expect(find('{}')).toEqual({});
    find('{x}');
    expect(find('{}')).toBeUndefined();
  });
});

describe('of data in gzip', () => {
  const [small, large] = [4, 10].map((length) => gzipSync(Buffer.alloc(length, 'x')));

  test('as much is unpacked as was allowed, all together', () => {
    const unpack = gzipUnpacker(10);
    const refused = {
      ok: false,
      reason: 'too-large',
      detail: 'the record is more than 10 bytes when unpacked',
    };
    expect(unpack(small ?? Buffer.of())).toEqual({ ok: true, data: Buffer.from('xxxx') });
    expect(unpack(large ?? Buffer.of())).toEqual(refused);
    // Nothing more of this record.
    expect(unpack(small ?? Buffer.of())).toEqual(refused);
    expect(gzipUnpacker(10)(large ?? Buffer.of())).toMatchObject({ ok: true });
    expect(gzipUnpacker(9)(large ?? Buffer.of())).toMatchObject({ reason: 'too-large' });
  });

  test('once all is used, nothing more is unpacked', () => {
    const unpack = gzipUnpacker(4);
    expect(unpack(small ?? Buffer.of())).toMatchObject({ ok: true });
    expect(unpack(gzipSync(Buffer.of()))).toMatchObject({ reason: 'too-large' });
  });

  test('damage is told', () => {
    expect(gzipUnpacker(10)(Buffer.of(0x1f, 0x8b, 1))).toMatchObject({
      reason: 'bad-gzip',
      detail: expect.stringMatching(/^the record is damaged, as gzip: \S/),
    });
  });

  test.each([
    [true, [0x1f, 0x8b]],
    [false, [0x1f]],
    [false, [0x1f, 0x8c]],
    [false, [0x1e, 0x8b]],
    [false, []],
  ])('%s: it begins with %j', (is, bytes) => {
    expect(isGzip(Uint8Array.from(bytes))).toBe(is);
  });
});
