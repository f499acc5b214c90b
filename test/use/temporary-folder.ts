import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const prefix = 'aed-tests-';

/**
 * Lets all tests, and what they start, write temporary files into one folder, which is removed after the last of them.
 *
 * The CDK makes a folder for each app without an output, and leaves it behind. The first project that begins makes the folder.
 */
export function setup(): (() => void) | undefined {
  if (basename(tmpdir()).startsWith(prefix)) return undefined;
  const folder = mkdtempSync(join(tmpdir(), prefix));
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
