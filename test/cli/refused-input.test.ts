import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { useRuntimeFolder } from '../use/folder.ts';
import { runHere } from './in-process.ts';

useRuntimeFolder();

/** So much that it shows how the rows are written, without a pause. */
const manyRows = 40_000;
const cells = `a,b\n${'1,2,3,4\n'.repeat(manyRows)}`;
const objects = '{"seriesId":"a","timestamp":"2026-01-01T00:00:00Z","value":1}\n'.repeat(manyRows);

/** Brings a text, and then nothing for ever. */
function goingOn(text: string | Buffer): Readable {
  const input = new Readable({ read() {} });
  input.push(text);
  return input;
}

test.each([
  ['rows are wider than the header', ['detect', '-'], cells, 'have 4 cells'],
  [
    'flags are for another format',
    ['detect', '-', '--no-header'],
    objects,
    '--no-header is for rows of cells',
  ],
  ['it is no text', ['detect', '-'], Buffer.alloc(2_000), 'is no text but binary data'],
  ['a column is missing', ['detect', '-', '--column', 'x'], objects, "there is no column 'x'"],
  ['a data set is refused', ['replay', '--dataset', '-'], cells, 'have 4 cells'],
  ['what is put is refused', ['put', '-', '--dry-run'], cells, 'have 4 cells'],
  [
    'the service reads no such record',
    ['put', '-', '--dry-run', '--value-field', 'eventId.a'],
    objects,
    "readings have their ids in 'eventId'",
  ],
])('an input that goes on is let go of if %s', async (_, args, text, message) => {
  const input = goingOn(text);
  const { code, error } = await runHere(args, { input });
  expect(error).toContain(message);
  expect(code).toBeGreaterThan(0);
  expect(input.destroyed).toBe(true);
});
