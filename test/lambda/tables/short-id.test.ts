import { expect, test } from 'vitest';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { shortId } from '../../../lambda/tables/short-id.ts';

const { rememberedIdBytes: most } = processingLimits;

test('an id of at most as many bytes as are remembered stays as it is, and a longer one becomes a hash of its own', () => {
  for (const id of ['', 'a', 'a'.repeat(most), 'é'.repeat(most / 2)]) expect(shortId(id)).toBe(id);
  const hashes = ['a'.repeat(most + 1), 'b'.repeat(most + 1), 'é'.repeat(most / 2 + 1)].map(shortId);
  for (const hash of hashes) expect(hash).toMatch(/^[\da-f]{64}$/);
  expect(new Set(hashes).size).toBe(hashes.length);
});
