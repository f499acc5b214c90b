import { describe, expect, test } from 'vitest';
import { type Chunk, checksumOf, endorsedChunks, type LastChunk } from '../../../lambda/regime/chunk.ts';
import { isChunkKey } from '../../../lambda/tables/regime-chunks.ts';

const now = new Date('2026-01-01T00:00:00Z');
const seconds = now.getTime() / 1000;

function chunkOf(slot: number, changed: Partial<Chunk> = {}): Chunk {
  const content = {
    slot,
    id: `id ${slot}`,
    previous: slot === 0 ? undefined : `id ${slot - 1}`,
    after: slot === 0 ? undefined : `key ${slot - 1}`,
    through: `key ${slot}`,
    count: 3,
    points: Uint8Array.of(slot, 2, 3),
    expiresAt: seconds + 100 + slot,
    ...changed,
  };
  return { ...content, checksum: checksumOf('s', content) };
}

const chain = [0, 1, 2, 3].map((slot) => chunkOf(slot));
const last: LastChunk = { slot: 3, id: 'id 3', through: 'key 3' };
const slotsOf = (stored: readonly Chunk[], by: LastChunk | undefined = last, seriesId = 's') =>
  endorsedChunks(seriesId, by, stored, now).map(({ slot }) => slot);

test('a whole chain is endorsed, oldest first, in whatever order it was read', () => {
  expect(slotsOf(chain)).toEqual([0, 1, 2, 3]);
  expect(slotsOf(chain.toReversed())).toEqual([0, 1, 2, 3]);
  expect(slotsOf(chain, { slot: 1, id: 'id 1', through: 'key 1' })).toEqual([0, 1]);
  expect(endorsedChunks('s', undefined, chain, now)).toEqual([]);
});

describe('from a chunk on that is not what the next one calls for, nothing before is endorsed', () => {
  const withSecond = (changed: Partial<Chunk>) => [
    ...chain.filter(({ slot }) => slot !== 1),
    { ...chunkOf(1), ...changed },
  ];

  test.each<[string, readonly Chunk[]]>([
    ['missing', chain.filter(({ slot }) => slot !== 1)],
    ['of another write', [...chain, chunkOf(1, { id: 'another' })]],
    ['one that ends elsewhere', [...chain, chunkOf(1, { through: 'key 1.5' })]],
    ['expired', [...chain, chunkOf(1, { expiresAt: seconds })]],
    ['with a turned bit', withSecond({ points: Uint8Array.of(1, 2, 1) })],
    ['with another count', withSecond({ count: 4 })],
    ['with another start', withSecond({ after: 'key 0.5' })],
    ['with a later expiry', withSecond({ expiresAt: seconds + 1000 })],
    ['without points', withSecond({ points: 'AQID' as unknown as Uint8Array })],
    ['without a checksum', withSecond({ checksum: undefined as unknown as Uint8Array })],
    ['from another slot', withSecond({ ...chunkOf(0), slot: 1 })],
  ])('%s', (_, stored) => {
    expect(slotsOf(stored)).toEqual([2, 3]);
  });

  test('of another series', () => {
    expect(slotsOf(chain, last, 'another')).toEqual([]);
  });
});

test('the keys of chunks are told from those of all else in their table', () => {
  const others = ['HEAD', 'TOLD', '2026-01-01T00:00:00.000Z#e', '#HEAD#'];
  expect(['HEAD#00000', 'HEAD#00012', ...others].filter(isChunkKey)).toEqual(['HEAD#00000', 'HEAD#00012']);
});
