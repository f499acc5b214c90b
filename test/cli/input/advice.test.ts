import { describe, expect, test } from 'vitest';
import { runHere } from '../in-process.ts';

const rows = (from: number) => JSON.stringify(Array.from({ length: 80 }, (_, index) => [from + index, 1]));
const tar = Buffer.alloc(512);
tar.write('ustar', 257);

/** Files that are read by no command as they are. */
const files: readonly (readonly [string, Buffer, string])[] = [
  ['bzip2', Buffer.from('BZh9'), 'decompress it, such as with bzcat'],
  ['xz', Buffer.of(0xfd, 0x37, 0x7a, 0x58, 0x5a), 'decompress it, such as with xzcat'],
  ['zstd', Buffer.of(0x28, 0xb5, 0x2f, 0xfd), 'decompress it, such as with zstdcat'],
  ['lz4', Buffer.of(0x04, 0x22, 0x4d, 0x18), 'decompress it, such as with lz4cat'],
  ['compress', Buffer.of(0x1f, 0x9d, 0x90), 'decompress it, such as with zcat'],
  ['zip', Buffer.from('PK\u0003\u0004readings.csv'), 'unpack it, such as with unzip -p'],
  ['tar', tar, 'unpack it, such as with tar -xOf'],
  ['rows further inside', Buffer.from(`{"a":{"b":${rows(0)}}}`), "such as with jq -c '.a.b[]'"],
  ['two arrays', Buffer.from(`{"a":${rows(0)},"b":${rows(80)}}`), 'such as with jq .data'],
];

describe.each([
  [['detect', '-']],
  [['put', '-', '--dry-run', '--series', 's']],
  [['replay', '--dataset', '-']],
])('the advice of %j fits it', (args) => {
  test.each(files)('%s', async (_, input, advice) => {
    const { code, error } = await runHere(args, { input });
    expect(error).toContain(advice);
    expect(error).not.toContain('aed ');
    expect(code).toBe(1);
  });
});
