import { FailedError } from './context.ts';

/** Why a file cannot be written, for people, by the code of the system. */
const wordsForCode: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a file stands where a folder should be',
  EEXIST: 'it is a file',
  EISDIR: 'it is a folder',
  EACCES: 'you have no permission to write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};

/** Why a file or a folder cannot be written, in a few words. */
export function whyNotWritten(error: unknown): string {
  return wordsForCode[(error as NodeJS.ErrnoException).code ?? ''] ?? (error as Error).message;
}

/** The error for a file or a folder that cannot be written. */
export function cannotWrite(path: string, error: unknown): FailedError {
  return new FailedError(`cannot write ${path}: ${whyNotWritten(error)}`);
}
