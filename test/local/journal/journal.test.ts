import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Journal, openJournal, type WriteAt } from '../../../local/journal/journal.ts';
import { useFolder } from '../../use/folder.ts';

const folder = useFolder();
let files = 0;
const newFile = () => join(folder, `journal-${++files}`);

type Change = { readonly key: string; readonly value?: string };

const keys = fc.constantFrom('', 'a', 'b', 'ключ\n"', '__proto__');
const values = fc.oneof(
  { weight: 9, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.constant('long'.repeat(50_000)) },
);
const changes = fc.array(
  fc.oneof(fc.record({ key: keys, value: values }), fc.record({ key: keys })) as fc.Arbitrary<Change>,
);

function make(journal: Journal, { key, value }: Change): void {
  if (value === undefined) journal.delete(key);
  else journal.set(key, value);
}

function contentOf(journal: Journal) {
  return new Map(journal.keys().map((key) => [key, journal.get(key)]));
}

/** What a journal must hold, in its order. */
function afterAll(made: readonly Change[]) {
  const expected = new Map<string, unknown>();
  for (const { key, value } of made) {
    expected.delete(key);
    if (value !== undefined) expected.set(key, value);
  }
  return [...expected];
}

function reopened(file: string) {
  const journal = openJournal(file);
  const content = [...contentOf(journal)];
  journal.close();
  return content;
}

test('it holds what was set last, before and after it is opened again', () => {
  fc.assert(
    fc.property(changes, (made) => {
      const file = newFile();
      const journal = openJournal(file);
      for (const change of made) make(journal, change);
      expect([...contentOf(journal)]).toEqual(afterAll(made));
      journal.close();
      expect(reopened(file)).toEqual(afterAll(made));
    }),
    { numRuns: 20 },
  );
});

test('a process that is killed while it writes loses what it was writing, and nothing else', () => {
  fc.assert(
    fc.property(changes, fc.nat(), changes, (made, place, later) => {
      const file = newFile();
      const journal = openJournal(file);
      // Rewriting would make the lengths of the file other than those of its lines.
      const short = made.map(({ key, value }) =>
        value === undefined ? { key } : { key, value: value.slice(0, 9) },
      );
      const ends = short.map((change) => {
        make(journal, change);
        return statSync(file).size;
      });
      journal.close();
      const cut = place % ((ends.at(-1) ?? 0) + 1);
      truncateSync(file, cut);
      const whole = short.slice(0, ends.filter((end) => end <= cut).length);
      const again = openJournal(file);
      expect([...contentOf(again)]).toEqual(afterAll(whole));
      for (const change of later) make(again, change);
      again.close();
      expect(reopened(file)).toEqual(afterAll([...whole, ...later]));
    }),
    { numRuns: 20 },
  );
});

test('a disk that is full or fails refuses a change, and damages nothing', () => {
  const codes = fc.constantFrom('ENOSPC', 'EDQUOT', 'EIO');
  fc.assert(
    fc.property(fc.array(fc.tuple(changes, fc.nat(200)), { maxLength: 8 }), codes, (phases, code) => {
      const file = newFile();
      let room = Number.POSITIVE_INFINITY;
      const write: WriteAt = (descriptor, buffer, from, bytes, at) => {
        if (room === 0) throw Object.assign(new Error('it cannot be written'), { code });
        const written = writeSync(descriptor, buffer, from, Math.min(bytes, room), at);
        room -= written;
        return written;
      };
      const journal = openJournal(file, write);
      const taken: Change[] = [];
      for (const [made, roomLeft] of phases) {
        room = roomLeft;
        for (const change of made) {
          try {
            make(journal, change);
            taken.push(change);
          } catch (error) {
            expect(error).toMatchObject({ code });
          }
        }
        expect([...contentOf(journal)]).toEqual(afterAll(taken));
        room = Number.POSITIVE_INFINITY;
      }
      journal.close();
      expect(reopened(file)).toEqual(afterAll(taken));
    }),
    { numRuns: 20 },
  );
});

test('a journal that cannot be rewritten takes every change all the same, and is rewritten when it can be', () => {
  const file = newFile();
  const journal = openJournal(file);
  const made: Change[] = [];
  const change = (value: string) => {
    const one = { key: 'a', value: value.repeat(600_000) };
    make(journal, one);
    made.push(one);
    expect([...contentOf(journal)]).toEqual(afterAll(made));
  };
  mkdirSync(`${file}.new`);
  for (const value of ['1', '2', '3', '4']) change(value);
  expect(statSync(file).size).toBeGreaterThan(2_400_000);
  rmdirSync(`${file}.new`);
  for (const value of ['5', '6', '7', '8', '9']) change(value);
  expect(statSync(file).size).toBeLessThan(2_400_000);
  journal.close();
  expect(reopened(file)).toEqual(afterAll(made));
});

test('what is replaced and deleted does not stay in the file', () => {
  const file = newFile();
  const journal = openJournal(file);
  for (let time = 0; time < 20; time++) {
    journal.set('replaced', 'x'.repeat(200_000));
    journal.set(`deleted ${time}`, 'y'.repeat(100_000));
    journal.delete(`deleted ${time}`);
    expect(statSync(file).size).toBeLessThan(2_000_000);
  }
  journal.close();
  expect(reopened(file)).toEqual([['replaced', 'x'.repeat(200_000)]]);
});

test.each(['{"key": 1}', '[1, 2]', '["a", 1, 2]', '[]', 'null', '["a", 1', ''])(
  'a damaged line is told of, with what to do: %s',
  (line) => {
    const file = newFile();
    writeFileSync(file, '["a",1]\n');
    appendFileSync(file, `${line}\n["b",2]\n`);
    const before = readFileSync(file);
    expect(() => openJournal(file)).toThrow(`line 2 of ${file} is damaged: `);
    expect(readFileSync(file)).toEqual(before);
  },
);

test('no flipped bit of a file is taken for what was written: it is told of, or undoes the last line alone', () => {
  const made: readonly Change[] = [
    { key: 'a', value: 'é' },
    { key: 'b', value: 'x' },
    { key: 'b' },
    { key: 'c', value: '1' },
  ];
  const file = newFile();
  const journal = openJournal(file);
  for (const change of made) make(journal, change);
  journal.close();
  const whole = readFileSync(file);
  for (let bit = 0; bit < 8 * whole.length; bit++) {
    const flipped = Buffer.from(whole);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    writeFileSync(file, flipped);
    let content: unknown;
    try {
      content = reopened(file);
    } catch (error) {
      expect(String(error)).toContain(`of ${file} is damaged: `);
      continue;
    }
    // Without its end, the last line is one that was being written.
    expect(bit >> 3).toBe(whole.length - 1);
    expect(content).toEqual(afterAll(made.slice(0, -1)));
  }
});
