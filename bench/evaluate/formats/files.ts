import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { FailedError } from '../../../cli/context.ts';
import { withoutControls } from '../../../lambda/printable.ts';
import { isObject } from '../../../lambda/reading/is-object.ts';

/** The error for a file that breaks a rule of its format. It names the file, the rule and the content. */
export function badFile(path: string, rule: string, got: string): FailedError {
  const shown = got.length <= 60 ? got : `${got.slice(0, 60)}…`;
  return new FailedError(withoutControls(`${path}: ${rule}, got ${shown}`));
}

/** The error for a file that cannot be read. */
export function unreadable(path: string, error: unknown): FailedError {
  const reason =
    (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message;
  return new FailedError(withoutControls(`cannot read ${path}: ${reason}`));
}

/** @throws FailedError naming the file, if it cannot be read or is not a JSON object; the signal's reason */
export async function readJsonObject(
  path: string,
  signal?: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  signal?.throwIfAborted();
  let content: unknown;
  try {
    const text = await readFile(path, { encoding: 'utf8', signal });
    // Some editors begin a file with a byte order mark, which is not JSON.
    content = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    signal?.throwIfAborted();
    throw unreadable(path, error);
  }
  if (isObject(content)) return { ...content };
  throw badFile(path, 'it must be a JSON object', JSON.stringify(content));
}

/** The first of some paths below a folder that is a file; `undefined` if none is. */
export async function firstFile(folder: string, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await isFile(join(folder, path))) return join(folder, path);
  return undefined;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** Sorted relative paths of the CSV files in a folder and below it. A link to a folder is not followed: it may lead back. */
export async function csvFilesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const pathOf = ({ parentPath, name }: Dirent) => join(parentPath, name);
  const paths: string[] = [];
  for (const entry of entries.filter(({ name }) => /\.csv$/i.test(name)))
    if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(pathOf(entry)))))
      paths.push(relative(folder, pathOf(entry)).replaceAll('\\', '/'));
  return paths.sort();
}

/** The title of a set: the name of its folder. */
export function titleOf(folder: string): string {
  const path = resolve(folder);
  return basename(path) || path;
}
