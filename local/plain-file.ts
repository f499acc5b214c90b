import { closeSync, constants, fstatSync, openSync } from 'node:fs';

/** Windows has neither. */
const noLink = constants.O_NOFOLLOW ?? 0;
const noWait = constants.O_NONBLOCK ?? 0;

/**
 * Opens a file of a data folder, and nothing else that has its name there: a link could lead to any file of this user, and a named pipe could
 * keep the process waiting for ever.
 *
 * @returns its descriptor
 * @throws Error naming the file if it is none; what the system throws
 */
export function openPlainFile(path: string, flags: number): number {
  const descriptor = openUnlinked(path, flags);
  if (fstatSync(descriptor).isFile()) return descriptor;
  closeSync(descriptor);
  throw notPlain(path);
}

function openUnlinked(path: string, flags: number): number {
  try {
    return openSync(path, flags | noLink | noWait);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ELOOP' ? notPlain(path) : error;
  }
}

function notPlain(path: string): Error {
  return new Error(`${path} must be a file, and is a link or something else`);
}
