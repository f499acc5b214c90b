import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isRunning, makeFolder, noteOwner, whyNotOpened } from '../../local/kept/claim-folder.ts';
import { useFolder } from '../use/folder.ts';

const folder = useFolder('for each test');

describe('a folder is made', () => {
  test('with its parents, and nothing is left in it of the trial whether it can be written to', async () => {
    const deep = join(folder, 'a', 'b', 'c');
    await makeFolder(deep);
    expect(readdirSync(deep)).toEqual([]);
    expect(readdirSync(folder)).toEqual(['a']);
  });

  test('unless it is there: then it keeps what it has', async () => {
    writeFileSync(join(folder, 'kept'), '');
    await makeFolder(folder);
    expect(readdirSync(folder)).toEqual(['kept']);
  });

  test.each([
    ['a file has its name', 'file', 'EEXIST'],
    ['a file has the name of its parent', 'file/deep', 'ENOTDIR'],
    ['a link that leads nowhere has the name of its parent', 'link/deep', 'ENOENT'],
  ])('and that fails where %s', async (_, path, code) => {
    writeFileSync(join(folder, 'file'), '');
    symlinkSync('nowhere/at/all', join(folder, 'link'));
    await expect(makeFolder(join(folder, path))).rejects.toMatchObject({ code });
  });

  test('and its trial follows no link', async () => {
    const other = join(folder, 'other');
    writeFileSync(other, 'of somebody else');
    const made = join(folder, 'made');
    mkdirSync(made);
    symlinkSync(other, join(made, `trial-${process.pid}`));
    await makeFolder(made);
    expect([readFileSync(other, 'utf8'), readdirSync(made)]).toEqual(['of somebody else', []]);
  });
});

describe('the owner of a folder', () => {
  const note = () => join(folder, 'owner');

  test('is noted by the number of its process, until it ends', async () => {
    const forget = await noteOwner(folder);
    expect(readFileSync(note(), 'utf8')).toBe(String(process.pid));
    await forget();
    expect(existsSync(note())).toBe(false);
    await forget();
  });

  test('is noted in place of one that died, and of a link', async () => {
    const other = join(folder, 'other');
    writeFileSync(other, 'of somebody else');
    symlinkSync(other, note());
    await noteOwner(folder);
    await noteOwner(folder);
    expect(readFileSync(note(), 'utf8')).toBe(String(process.pid));
    expect(readFileSync(other, 'utf8')).toBe('of somebody else');
  });
});

describe('why a folder is not opened is told', () => {
  const locked = new Error('cannot open', { cause: new Error('IO error: lock /x/LOCK: already held') });
  const why = async (error: unknown) => (await whyNotOpened(folder, error)).message;
  const inUse = (owner: string) =>
    `${folder} is in use by process ${owner}; end that one first, or take another folder`;

  test.each([
    ['1234', '1234'],
    ['1234 or so', 'of another program'],
    ['a1234', 'of another program'],
    ['', 'of another program'],
  ])('by a lock, with its owner as noted: %j is %s', async (noted, owner) => {
    writeFileSync(join(folder, 'owner'), noted);
    expect(await why(locked)).toBe(inUse(owner));
  });

  test('by a lock, where nothing is noted, or something else has that name', async () => {
    expect(await why(locked)).toBe(inUse('of another program'));
    mkdirSync(join(folder, 'owner'));
    expect(await why(locked)).toBe(inUse('of another program'));
  });

  test.each([
    ['IO error: No space left on device', 'make room on its disk, and start again'],
    ['ENOSPC: no space left on device', 'make room on its disk, and start again'],
    ['Corruption: bad block', 'put a copy of the folder in its place, or move it away to begin anew'],
    ['blocked', 'put a copy of the folder in its place, or move it away to begin anew'],
  ])('by %j, with what to do', async (message, advice) => {
    const expected = `cannot open the data in ${folder}: ${message}; ${advice}`;
    const first = new Error(message);
    const second = new Error('not opened', { cause: new Error('not started', { cause: first }) });
    expect(await Promise.all([first, second, message].map(why))).toEqual([expected, expected, expected]);
    expect((await whyNotOpened(folder, second)).cause).toBe(second);
  });
});

test('a process runs until it has ended, whoever owns it', () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  expect([process.pid, process.ppid, 1, pid].map(isRunning)).toEqual([true, true, true, false]);
});
