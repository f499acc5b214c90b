import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { FailedError } from '../context.ts';
import { whyNotWritten } from '../file-error.ts';

/** `undefined` on Windows, which has no user ids or modes. There an access list closes the profile of a user to others. */
const uid = process.getuid?.();

const othersMayWrite = 0o022;
const othersMayAnything = 0o077;
const sticky = 0o1000;

/**
 * The folder in which the local services of this user register: in XDG_RUNTIME_DIR, or in the home folder if that is not
 * set or belongs to somebody else, as after `sudo`. Nobody else can create such a folder, or replace it by another.
 *
 * Source: XDG Base Directory Specification, https://specifications.freedesktop.org/basedir/latest/
 *
 * @returns `undefined` if neither is safe from other users
 */
export async function ownFolderPath(): Promise<string | undefined> {
  const runtime = process.env.XDG_RUNTIME_DIR;
  if (runtime && (await isSafeFromOthers(runtime))) return join(runtime, 'aed-local');
  if (await isSafeFromOthers(homedir())) return join(homedir(), '.aed-local');
  return undefined;
}

/** Whether this user owns a folder, and nobody else can change it or replace it by another. */
async function isSafeFromOthers(folder: string): Promise<boolean> {
  try {
    let path = await realpath(folder);
    if (!isOwn(await stat(path))) return false;
    for (;;) {
      if (!isFixed(await stat(path))) return false;
      if (dirname(path) === path) return true;
      path = dirname(path);
    }
  } catch {
    return false;
  }
}

/** In a sticky folder, such as that of temporary files, others can add names but not exchange those of this user. */
function isFixed({ uid: owner, mode }: Stats): boolean {
  if (uid === undefined) return true;
  const mayOthersExchange = (mode & othersMayWrite) !== 0 && (mode & sticky) === 0;
  return (owner === uid || owner === 0) && !mayOthersExchange;
}

function isOwn({ uid: owner }: Stats): boolean {
  return uid === undefined || owner === uid;
}

/**
 * Checks the folder, if it is there.
 *
 * @throws FailedError if it is a link or a file, is another user's, or is open to others
 */
export async function checkOwnFolder(folder: string): Promise<void> {
  const found = await lstat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  if (found === undefined) return;
  if (!found.isDirectory()) throw notSafe(folder, 'is a link or a file');
  if (!isOwn(found)) throw notSafe(folder, 'belongs to another user');
  if (uid !== undefined && (found.mode & othersMayAnything) !== 0)
    throw notSafe(folder, 'is open to other users');
}

function notSafe(folder: string, why: string): FailedError {
  return new FailedError(`${folder} ${why}, so what it says of local services is not used; remove it`);
}

/** Makes the folder, for this user alone. @throws FailedError if it cannot be safe from other users */
export async function makeOwnFolder(): Promise<string> {
  const folder = await ownFolderPath();
  if (folder === undefined) {
    throw new FailedError(
      `other users may write to the home folder ${homedir()}, so a local service cannot safely be registered there; set XDG_RUNTIME_DIR to a folder of your own`,
    );
  }
  await checkOwnFolder(folder);
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw notRegistered(folder, error);
  });
  await checkOwnFolder(folder);
  return folder;
}

/** The error for a folder in which a service cannot be registered. */
export function notRegistered(folder: string, error: unknown): FailedError {
  return new FailedError(
    `cannot register the service in ${folder}: ${whyNotWritten(error)}; make that possible, or set XDG_RUNTIME_DIR to another folder of your own`,
  );
}

/** Windows has no such flag. */
const noLink = constants.O_NOFOLLOW ?? 0;

/** Opens a new file for writing, readable by this user alone. @throws if the name is taken, also by a link */
export function openNew(path: string): Promise<FileHandle> {
  return open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noLink, 0o600);
}

/** To open a named pipe does not wait for who writes into it. Windows has no such flag. */
const noWait = constants.O_NONBLOCK ?? 0;

/** Word of a service has less than one. */
const mostBytes = 64 * 1024;

/** Reads a small file of this user. @throws Error if it is a link, no file, large, another user's, or open to others */
export async function readOwn(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | noLink | noWait);
  try {
    const found = await file.stat();
    const isOpen = uid !== undefined && (found.mode & othersMayAnything) !== 0;
    if (!found.isFile() || found.size > mostBytes || !isOwn(found) || isOpen)
      throw new Error(`${path} is not this user's own file`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}
