import { closeSync, constants, readSync } from 'node:fs';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openPlainFile } from '../plain-file.ts';

const ownerFile = (folder: string) => join(folder, 'owner');

/** Creates a folder for the data of a pipeline, if needed. @throws if it cannot be written to */
export async function makeFolder(folder: string): Promise<void> {
  await makeFolders(folder);
  const trial = join(folder, `trial-${process.pid}`);
  await writeNew(trial, '');
  await rm(trial);
}

/** Node's own way to make a folder with its parents never ends where the system makes none, as in `/proc`. */
async function makeFolders(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    const parent = dirname(folder);
    if (code !== 'ENOENT' || parent === folder) throw error;
    await makeFolders(parent);
    await mkdir(folder);
  }
}

/** Whatever has the name is replaced: a link is not followed. */
async function writeNew(path: string, text: string): Promise<void> {
  await rm(path, { force: true });
  await writeFile(path, text, { flag: 'wx' });
}

/**
 * Notes that this process has opened the databases in a folder. They are locked as long as it runs, and no longer: the note
 * only says by whom, since the system may give the number of a process that died to another one.
 *
 * @returns what removes the note
 */
export async function noteOwner(folder: string): Promise<() => Promise<void>> {
  await writeNew(ownerFile(folder), String(process.pid));
  return () => rm(ownerFile(folder), { force: true });
}

/** Why the databases in a folder could not be opened, and what to do. */
export async function whyNotOpened(folder: string, error: unknown): Promise<Error> {
  const why = deepest(error);
  if (/\block\b/i.test(why)) {
    const owner = ownerOf(folder) ?? 'of another program';
    return new Error(`${folder} is in use by process ${owner}; end that one first, or take another folder`);
  }
  const advice = /no space left/i.test(why)
    ? 'make room on its disk, and start again'
    : 'put a copy of the folder in its place, or move it away to begin anew';
  return new Error(`cannot open the data in ${folder}: ${why}; ${advice}`, { cause: error });
}

/** The process that the note names; `undefined` if it names none. */
function ownerOf(folder: string): string | undefined {
  const start = Buffer.alloc(16);
  try {
    const descriptor = openPlainFile(ownerFile(folder), constants.O_RDONLY);
    const bytes = readSync(descriptor, start);
    closeSync(descriptor);
    return /^\d+$/.exec(start.toString('utf8', 0, bytes))?.[0];
  } catch {
    return undefined;
  }
}

/** The words of the first cause. */
function deepest(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : deepest(error.cause);
}

/** Whether the process runs, whoever owns it. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
