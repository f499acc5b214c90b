import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openJournal } from '../../local/journal/journal.ts';
import { checkpointsIn } from '../../local/kept/checkpoints.ts';
import { makeFolder, noteOwner, whyNotOpened } from '../../local/kept/claim-folder.ts';
import { openPlainFile } from '../../local/plain-file.ts';
import { useFolder } from '../use/folder.ts';

const folder = useFolder('for each test');
const outside = useFolder('for each test');
const secret = join(outside, 'secret');
const nowhere = join(outside, 'nowhere');

/** What may stand where a data folder has a file. */
const planted: readonly (readonly [string, (path: string) => void])[] = [
  ['a link to a file', (path) => symlinkSync(secret, path)],
  ['a link to nowhere', (path) => symlinkSync(nowhere, path)],
  ['a link to itself', (path) => symlinkSync(path, path)],
  ['a link to a folder', (path) => symlinkSync(outside, path)],
  ['a named pipe', (path) => execFileSync('mkfifo', [path])],
  ['a folder', (path) => mkdirSync(path)],
];

/** Windows lets only administrators make links, and has no named pipes. */
describe.skipIf(process.platform === 'win32').each(planted)('%s in a data folder', (_, plant) => {
  const at = (name: string) => {
    writeFileSync(secret, 'secret');
    const path = join(folder, name);
    plant(path);
    return path;
  };
  const expectUntouched = () => {
    expect(readFileSync(secret, 'utf8')).toBe('secret');
    expect(() => readFileSync(nowhere)).toThrow('ENOENT');
  };

  test.each([constants.O_RDONLY, constants.O_RDWR | constants.O_CREAT])(
    'is opened as no file, with the flags %d',
    (flags) => {
      const path = at('file');
      expect(() => closeSync(openPlainFile(path, flags))).toThrow(path);
      expectUntouched();
    },
  );

  test('is no journal and no checkpoint, and the error names it', () => {
    const journal = at('journal.jsonl');
    expect(() => openJournal(journal)).toThrow(journal);
    const checkpoint = at('recorder-checkpoints.json');
    expect(() => checkpointsIn(folder)).toThrow(checkpoint);
    expectUntouched();
  });

  test('is not written through, whatever new file has its name', async () => {
    const isFolder = plant === planted.at(-1)?.[1];
    at('owner');
    at(`trial-${process.pid}`);
    at('recorder-checkpoints.json.new');
    // The file of a folder's name cannot be made: that is told, and nothing is lost.
    if (isFolder) {
      await expect(makeFolder(folder)).rejects.toThrow(/trial/);
      await expect(noteOwner(folder)).rejects.toThrow(/owner/);
      expect(() => checkpointsIn(folder).save('s', '1')).toThrow(/checkpoints/);
    } else {
      await makeFolder(folder);
      await noteOwner(folder);
      checkpointsIn(folder).save('s', '1');
      expect(readFileSync(join(folder, 'owner'), 'utf8')).toBe(String(process.pid));
      expect(checkpointsIn(folder).last('s')).toBe('1');
    }
    expectUntouched();
  });

  test('in the place of the note of the owner keeps nobody waiting, and tells nothing', async () => {
    at('owner');
    const { message } = await whyNotOpened(folder, new Error('IO error: lock: already held'));
    expect(message).toContain('is in use by process of another program;');
  });
});

test.each(['', 'x'.repeat(1_000_000), '12\u001b[31m', '12\n13', '-1'])(
  'a note of the owner that is no number of a process names none',
  async (text) => {
    writeFileSync(join(folder, 'owner'), text);
    const { message } = await whyNotOpened(folder, new Error('lock'));
    expect(message).toContain('process of another program;');
  },
);

test('a journal is rewritten into a file of its own, whatever its new name stands for', () => {
  const file = join(folder, 'journal');
  writeFileSync(secret, 'secret');
  const journal = openJournal(file);
  symlinkSync(secret, `${file}.new`);
  for (let time = 0; time < 3; time++) journal.set('a', 'x'.repeat(600_000));
  expect(readFileSync(file).length).toBeLessThan(700_000);
  expect(readFileSync(secret, 'utf8')).toBe('secret');
  journal.close();
});

test('a folder that a full disk kept from being opened needs room, and no copy in its place', async () => {
  const error = new Error('IO error: MANIFEST-000001: No space left on device');
  const { message } = await whyNotOpened(folder, error);
  expect(message).toMatch(/No space left on device; make room on its disk, and start again$/);
});
