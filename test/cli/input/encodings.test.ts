import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FailedError } from '../../../cli/context.ts';
import { type InputOptions, openInput } from '../../../cli/input/open-input.ts';
import { readReadings } from '../../../cli/input/read-readings.ts';
import { runHere } from '../in-process.ts';

/** The checks of a clean clone generate several times as many texts. */
const share = Number(process.env.SHARE_OF_FILES ?? 0.4);

const signal = new AbortController().signal;

/** The names of the series in a text that comes in such pieces, or why it is refused. */
async function namesIn(pieces: readonly Uint8Array[], options: InputOptions = {}) {
  const names = new Set<string>();
  try {
    const input = await openInput(
      '-',
      { input: Readable.from(pieces, { objectMode: false }), signal },
      options,
    );
    await readReadings(
      input,
      { seriesColumn: 'seriesId', column: ['value'] },
      { reading: (series) => names.add(series), gap() {}, repeated() {} },
    );
    return { names };
  } catch (error) {
    if (error instanceof FailedError) return { refused: error.message };
    throw error;
  }
}

type Form = 'csv' | 'quoted' | 'lines' | 'array';
const forms = fc.constantFrom<Form>('csv', 'quoted', 'lines', 'array');
const quotes: Readonly<Record<Form, string>> = { csv: '', quoted: '"', lines: '"', array: '"' };

/** A text with three readings of each series. A name is given as the bytes that stand in the text. */
function textOf(
  form: Form,
  names: readonly Uint8Array[],
  asBytes = (text: string) => Buffer.from(text),
): Buffer {
  const isCsv = form === 'csv' || form === 'quoted';
  const rows = [0, 1, 2].flatMap((value) =>
    names.map((name) => {
      const cell = [asBytes(quotes[form]), name, asBytes(quotes[form])];
      const all = isCsv
        ? [...cell, asBytes(`,${value}`)]
        : [asBytes('{"seriesId":'), ...cell, asBytes(`,"value":${value}}`)];
      return Buffer.concat(all);
    }),
  );
  const between = asBytes(form === 'array' ? ',' : '\n');
  const body = rows.flatMap((row, index) => (index === 0 ? [row] : [between, row]));
  const before = isCsv ? 'seriesId,value\n' : form === 'array' ? '[' : '';
  return Buffer.concat([asBytes(before), ...body, asBytes(form === 'array' ? ']' : '\n')]);
}

/** Cuts bytes into pieces of these sizes, over and over. */
function cut(bytes: Buffer, sizes: readonly number[]): readonly Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 });

/** Bytes that are no separator, quote, escape or space in any of the forms; among them those of UTF-8. */
const nameBytes = fc.oneof(
  fc.uint8Array({ min: 0x80, max: 0xff, minLength: 1, maxLength: 4 }),
  fc.constantFrom('é', 'è', '°', 'ﬀ', '🔥', '\ufffd').map((text) => Buffer.from(text)),
);

const byteNames = fc
  .uniqueArray(nameBytes, {
    minLength: 1,
    maxLength: 5,
    selector: (name) => Buffer.from(name).toString('hex'),
  })
  .map((names) => names.map((name) => Buffer.concat([Buffer.from('n'), name, Buffer.from('x')])));

test('names of any bytes stay as many as they are, or the text is refused, however it is packed and cut', async () => {
  await fc.assert(
    fc.asyncProperty(byteNames, forms, fc.boolean(), sizes, async (names, form, isPacked, pieces) => {
      const bytes = textOf(form, names);
      const result = await namesIn(cut(isPacked ? gzipSync(bytes) : bytes, pieces));
      const whole = await namesIn([bytes]);
      expect(result).toEqual(whole);
      if (result.names !== undefined) expect(result.names.size).toBe(names.length);
      else
        expect(result.refused).toMatch(
          /^standard input is (partly in UTF-8 and partly not; |neither in UTF-8 nor in Windows-1252, ).*(save it as UTF-8|name its encoding)/,
        );
    }),
    { numRuns: share * 100 },
  );
});

/** What an encoding writes for each character that it has, by its decoder. */
function charactersOf(encoding: string): readonly (readonly [text: string, bytes: Buffer])[] {
  const singles = Array.from({ length: 128 }, (_, index) => Buffer.of(0x80 + index));
  const doubles = singles.flatMap((first) =>
    [0x41, 0x5a, 0x80, 0xa1, 0xb0, 0xc8, 0xfe].map((second) => Buffer.of(first[0] ?? 0, second)),
  );
  const known = new Map<string, Buffer>();
  for (const bytes of [...singles, ...doubles]) {
    try {
      const decoder = new TextDecoder(encoding, { fatal: true });
      const text = decoder.decode(bytes, { stream: true }) + decoder.decode();
      if (/^[\p{L}\p{N}\p{S}]$/u.test(text)) known.set(text, bytes);
    } catch {
      // These bytes are no character.
    }
  }
  return [...known];
}

/** UTF-16 in either order. */
const utf16 = (isBig: boolean) => (text: string) => {
  const bytes = Buffer.from(text, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
};

describe('a text whose encoding is told is read in it:', () => {
  test.each([
    'windows-1252',
    'iso-8859-2',
    'windows-1251',
    'macintosh',
    'shift_jis',
    'euc-kr',
    'gb18030',
    'big5',
  ])('%s', async (encoding) => {
    const characters = charactersOf(encoding);
    expect(characters.length).toBeGreaterThan(60);
    const names = fc.uniqueArray(fc.constantFrom(...characters), {
      maxLength: 5,
      selector: ([text]) => text,
    });
    await fc.assert(
      fc.asyncProperty(names, forms, sizes, async (chosen, form, pieces) => {
        const written = [['plain', Buffer.from('plain')] as const, ...chosen];
        const text = textOf(
          form,
          written.map(([, bytes]) => bytes),
        );
        expect(await namesIn(cut(text, pieces), { encoding })).toEqual({
          names: new Set(written.map(([name]) => name)),
        });
      }),
      { numRuns: 15 },
    );
  });

  test.each([
    ['utf-16le', false],
    ['utf-16be', true],
  ])('%s, as its bytes tell too', async (encoding, isBig) => {
    const asBytes = utf16(isBig);
    const names = ['café', 'cafè', '水🔥'];
    const text = textOf('csv', names.map(asBytes), asBytes);
    for (const options of [{}, { encoding }])
      expect(await namesIn([text], options)).toEqual({ names: new Set(names) });
    const halves = textOf('csv', ['caf\ud83d', 'caf\ud83e'].map(asBytes), asBytes);
    expect((await namesIn([halves])).refused).toMatch(/^standard input is not whole in UTF-16[LB]E: /);
  });
});

test.each([
  [
    'bytes that are not in the encoding that is told',
    ['--encoding', 'utf-8'],
    Buffer.from('seriesId,value\ncaf\xe9,1\n', 'latin1'),
    'error: standard input is not whole in UTF-8: it has bytes that are no character there; name its encoding with --encoding, or save it as UTF-8\n',
  ],
  [
    'a byte order mark of another encoding than the one that is told',
    ['--encoding', 'latin1'],
    Buffer.from('\ufeffvalue\n1\n'),
    'error: standard input begins with the byte order mark of UTF-8, but --encoding says windows-1252; leave --encoding out\n',
  ],
  [
    'an encoding that nobody knows',
    ['--encoding', 'ebcdic'],
    Buffer.from('value\n1\n'),
    "error: option '--encoding <name>' is invalid. It must be an encoding such as windows-1252, iso-8859-2, shift_jis or utf-16le, got 'ebcdic'. (see aed detect --help)\n",
  ],
  [
    'a name with half of a character',
    ['--on-bad', 'fail'],
    '{"seriesId":"caf\\ud800","value":1}\n',
    "error: standard input: row 1: its series 'caf\ufffd' has half of a character, a lone surrogate; --on-bad skip leaves such rows out\n",
  ],
])('refuses %s', async (_, flags, input, message) => {
  const { code, error } = await runHere(['detect', '-', ...flags], { input });
  expect(error).toBe(message);
  expect(code).toBeGreaterThan(0);
});

test('reads what it puts in the same way, and takes no name whose bytes the terminal lost', async () => {
  const input = Buffer.from('timestamp,seriesId,value\n2026-01-31T12:00:00Z,\xb1,1\n', 'latin1');
  const flags = ['--dry-run', '--json', '--encoding', 'iso-8859-2'];
  const { out } = await runHere(['put', '-', ...flags], { input });
  expect(out).toContain('"partitionKey":"ą"');
  const lost = await runHere(['put', '-', '--series', 'caf\ufffd'], { input });
  expect(lost.error).toContain("It must be in UTF-8, as the terminal's locale must be, got 'caf\ufffd'.");
});
