import { posix } from 'node:path';

/** What each folder may import besides itself: folders, or single files. Packages are free, except to core. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  lambda: ['core'],
  lib: ['core', 'lambda/settings.ts'],
  local: ['core', 'lambda', 'lib/limits.ts', 'lib/table-schemas.ts'],
  web: ['core', 'lambda', 'local'],
  cli: ['core', 'lambda', 'local', 'web'],
  bin: ['core', 'lambda', 'lib', 'local', 'web', 'cli'],
  examples: ['core', 'lambda', 'cli/datasets', 'cli/produce', 'local', 'web'],
  bench: ['core', 'lambda', 'lib', 'local', 'web', 'cli', 'bin', 'test/web/browser'],
};

/** The folders that have a rule. */
export const ruledFolders = Object.keys(allowed);

const specifierPattern = /\b(?:from|import|require)\s*\(?\s*(['"])([^'"]+)\1/g;

/**
 * The imports of a source file that point the wrong way, as they are written.
 *
 * @param path - from the root of the repository, with forward slashes
 */
export function wrongImports(path: string, source: string): string[] {
  const specifiers = [...source.matchAll(specifierPattern)].map(([, , specifier = '']) => specifier);
  return specifiers.filter((specifier) => !mayImport(path, specifier));
}

function mayImport(path: string, specifier: string): boolean {
  const folder = topFolder(path);
  const target = targetOf(path, specifier);
  if (target === undefined) return folder !== 'core';
  if (topFolder(target) === folder) return true;
  return allowed[folder]?.some((name) => target === name || target.startsWith(`${name}/`)) ?? false;
}

/** The file of the repository that a specifier means; `undefined` for a package. */
function targetOf(path: string, specifier: string): string | undefined {
  if (specifier === '@aed/core') return 'core/src/index.ts';
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined;
}

function topFolder(path: string): string {
  return path.slice(0, path.indexOf('/'));
}
