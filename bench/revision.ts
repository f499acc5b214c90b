import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
/** The largest archive of the sources, in bytes. */
const mostBytes = 2 ** 28;

/**
 * Writes the sources of a revision into a new folder, with the packages of the working tree. It is deleted when the process ends.
 *
 * @param paths - files and folders of the repository; all of it if none is named
 * @returns the folder
 * @throws Error naming the revision, if the repository has none of that name
 */
export function sourcesOfRevision(revision: string, ...paths: readonly string[]): string {
  const archive = execFileSync('git', ['archive', commitOf(revision), ...paths], {
    cwd: root,
    maxBuffer: mostBytes,
  });
  const folder = mkdtempSync(join(tmpdir(), 'aed-revision-'));
  process.once('exit', () => rmSync(folder, { recursive: true }));
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** The short name of a revision's commit. @throws Error naming the revision, if there is none */
export function commitOf(revision: string): string {
  const name = `${revision}^{commit}`;
  try {
    const args = ['rev-parse', '--verify', '--quiet', '--short', '--end-of-options', name];
    return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  } catch (error) {
    throw new Error(`the repository has no revision '${revision}'`, { cause: error });
  }
}
