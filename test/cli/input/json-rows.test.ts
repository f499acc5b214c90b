import { constants } from 'node:buffer';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonIn } from '../../../cli/input/json/json-in.ts';
import { readJsonArray } from '../../../cli/input/json/read-json-array.ts';
import { openInput } from '../../../cli/input/open-input.ts';
import { readReadings } from '../../../cli/input/read-readings.ts';
import { runsOf } from '../../use/share-of-runs.ts';
import { runHere } from '../in-process.ts';

interface Row {
  readonly ts: string;
  readonly note: string;
  readonly value: number;
}

const rows: fc.Arbitrary<readonly Row[]> = fc
  .array(
    fc.record({
      note: fc.constantFrom('', '{', '}"[', '\\', 'ä€ ', '{"a":1}', ': [{', '\n'),
      value: fc.constantFrom(1, -2.5, 1e3, 0),
    }),
    { minLength: 2, maxLength: 30 },
  )
  .map((all) =>
    all.map((row, index) => ({ ts: new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString(), ...row })),
  );

const cellsOf = ({ ts, note, value }: Row) => [ts, note, value];
const pairs = (all: readonly Row[]) =>
  all.flatMap((row, index) => (index % 2 === 0 ? [[row, ...all.slice(index + 1, index + 2)]] : []));
const json = (value: unknown) => JSON.stringify(value);

const writings: Readonly<Record<string, (all: readonly Row[]) => string>> = {
  'one a line': (all) => all.map(json).join('\n'),
  'joined by nothing': (all) => all.map(json).join(''),
  'joined by spaces': (all) => ` ${all.map(json).join('  ')} `,
  'two joined in each line': (all) =>
    pairs(all)
      .map((pair) => pair.map(json).join(''))
      .join('\r\n'),
  'several lines each': (all) => all.map((row) => JSON.stringify(row, null, 2)).join('\n'),
  'an array': json,
  'an array inside of an object': (all) => json({ unit: '°C', tags: ['a', 'b'], data: all, count: 7 }),
  'the same with a line for each': (all) => `{"data":[\n${all.map(json).join(',\n')}\n]}\n`,
  'arrays below their names': (all) => json([['ts', 'note', 'value'], ...all.map(cellsOf)]),
  'arrays, one a line': (all) => [['ts', 'note', 'value'], ...all.map(cellsOf)].map(json).join('\n'),
  'arrays inside of an object': (all) => json({ values: [['ts', 'note', 'value'], ...all.map(cellsOf)] }),
};

async function readingsOf(bytes: Buffer, cuts: readonly number[]) {
  const places = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
  const pieces = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
  const input = Readable.from(
    pieces.filter(({ length }) => length > 0),
    { objectMode: false },
  );
  const found: [number | undefined, number][] = [];
  const signal = new AbortController().signal;
  await readReadings(
    await openInput('-', { input, signal }),
    { column: ['value'], timeColumn: 'ts' },
    {
      reading: (_, { time, value }) => void found.push([time?.ms, value]),
      gap() {},
      repeated() {},
    },
  );
  return found;
}

test.each(Object.keys(writings))('the readings are the same: %s', async (writing) => {
  await fc.assert(
    fc.asyncProperty(rows, fc.array(fc.nat(), { maxLength: 4 }), async (all, cuts) => {
      const text = writings[writing]?.(all) ?? '';
      const expected = all.map(({ ts, value }) => [Date.parse(ts), value]);
      expect(await readingsOf(Buffer.from(text), cuts)).toEqual(expected);
    }),
    { numRuns: runsOf(100) },
  );
});

describe('what is damaged', () => {
  const detect = (input: string) => runHere(['detect', '-', '--json', '--column', 'value'], { input });
  const good = Array.from({ length: 30 }, (_, value) => json({ value })).join('\n');

  test.each([
    ['a first line', `{"value":\n${good}`],
    ['a line between', `${good}\n{"value":\n${good}`],
    ['a last line', `${good}\n{"value":1`],
  ])('%s is one row that is left out', async (_, input) => {
    const { code, out } = await detect(input);
    expect(code).toBe(0);
    expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({
      skippedReasons: { 'not-json': 1 },
    });
  });

  test.each([
    ['{"a":[{"value":1}],"b":[{"value":2}]}', 'a second array of rows follows the first one'],
    [`{\n"value": 1,\n${'"a": "b",\n'.repeat(120_000)}`, 'it is not JSON: object 1 has no end'],
    ['[{"value":1}', 'the array has no end after element 0'],
  ])('%.40s is refused', async (input, message) => {
    const { code, error } = await detect(input);
    expect(code).toBe(1);
    expect(error).toContain(message);
  });
});

describe('what follows the array inside of an object', () => {
  const start = '{"data":[{"value":1},{"value":2}]';
  async function* pieces(text: string, size = text.length) {
    for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size));
  }
  const rowsIn = async (text: AsyncGenerator<Buffer>) => {
    const found: unknown[] = [];
    await readJsonArray(text, (row) => found.push(row), '{"data":'.length);
    return found;
  };

  test.each([
    ['nothing', '}', true],
    ['other fields, with arrays and objects', ',"a":{"b":[1,2]},"c":[],"d":["[["]}', true],
    ['a text that looks like rows', ',"note":"as \\"a\\": [[1,2]], [ {}"}', true],
    ['an array of objects', ',"b":[{"value":3}]}', false],
    ['an array of arrays, over several lines', ',"b": [\n  [3]\n]}', false],
    ['an array of objects further inside', ',"more":{"b":[ {"value":3} ]}}', false],
  ])('%s', async (_, after, isRead) => {
    for (const size of [1, 2, 3, 7, 1000]) {
      const found = rowsIn(pieces(start + after, size));
      if (isRead) expect(await found).toEqual([{ value: 1 }, { value: 2 }]);
      else await expect(found).rejects.toThrow('a second array of rows follows the first one');
    }
  });

  test('may be longer than any text can be', async () => {
    const piece = Buffer.alloc(2 ** 22, 'x');
    async function* long() {
      yield Buffer.from(`${start},"note":"`);
      for (let bytes = 0; bytes <= constants.MAX_STRING_LENGTH; bytes += piece.length) yield piece;
      yield Buffer.from('"}');
    }
    expect(await rowsIn(long())).toEqual([{ value: 1 }, { value: 2 }]);
  });
});

test.each(['', ' ', '.', 'a.', '.b', 'time'])(
  "times in a field '%s' put rows that stand newest first in order, as in a column of that name",
  async (name) => {
    const cells = Array.from({ length: 80 }, (_, i) => [
      new Date(Date.UTC(2026, 0, 31, 0, i)).toISOString(),
      (i < 40 ? 20 : 24) + ((i * 7) % 10) / 10,
    ]).reverse();
    const inputs = [
      json(cells.map(([time, value]) => ({ [name]: time, value }))),
      [`${name},value`, ...cells].join('\n'),
    ];
    for (const input of inputs) {
      const { out } = await runHere(['detect', '-', '--json'], { input });
      expect(JSON.parse(out.split('\n')[0] ?? '')).toMatchObject({ changedAt: 40, direction: 'up' });
    }
  },
);

test('nanoseconds are kept to their last digit, and numbers inside of texts stay as they are', async () => {
  const start = 1_782_864_000_000_000_000n;
  const readings = Array.from({ length: 80 }, (_, i) => ({
    at: start + 100n * BigInt(i),
    value: (i < 40 ? 20 : 24) + ((i * 7) % 10) / 10,
  }));
  const rows = readings.map(
    ({ at, value }) =>
      `{"note":"\\"${at}","unit":0.${at},"small":1.5e-300,"timestamp":${at},"value":${value}}`,
  );
  const { out } = await runHere(['detect', '-', '--json'], { input: rows.join('\n') });
  const [change, summary] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(change).toMatchObject({ changedAt: 40, changedAtTime: '2026-07-01T00:00:00.000004Z' });
  expect(summary).toMatchObject({ rows: 80, repeated: 0 });
  expect(jsonIn(`[${start + 1n},"a ${start + 1n}",0.${start + 1n},9007199254740991]`)).toEqual([
    String(start + 1n),
    `a ${start + 1n}`,
    Number(`0.${start + 1n}`),
    Number.MAX_SAFE_INTEGER,
  ]);
});

test('a line without an end is told of before it takes the memory', async () => {
  const blank = Buffer.alloc(2 ** 20, ' ');
  let given = 0;
  const input = Readable.from(
    (function* () {
      yield Buffer.from('{"value":1}\n{"value":2}\n');
      for (; given < 1_000; given++) yield blank;
    })(),
    { objectMode: false },
  );
  const { code, error } = await runHere(['detect', '-'], { input });
  expect(error).toContain('line 3 has no end within 16 MiB');
  expect(code).toBe(1);
  expect(given).toBeLessThan(100);
});
