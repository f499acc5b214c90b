import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the page, ready to be sent. */
export interface PageFile {
  readonly type: string;
  readonly content: Uint8Array;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Where the packed tool holds the built page; the repository has no such folder. */
const shipped = fileURLToPath(new URL('built-page', import.meta.url));

/** The files of the page by their paths: those of the packed tool, or else built now. */
export async function pageFiles(): Promise<ReadonlyMap<string, PageFile>> {
  const files = existsSync(shipped) ? await readFolder(shipped) : await builtNow();
  return new Map(
    [...files].map(([name, content]) => [
      name === 'index.html' ? '/' : `/${name}`,
      { type: types[extname(name)] ?? 'application/octet-stream', content },
    ]),
  );
}

async function readFolder(folder: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const names = await readdir(folder);
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)),
  );
}

async function builtNow(): Promise<ReadonlyMap<string, Uint8Array>> {
  // Imported only here: it needs esbuild, which the packed tool does not contain.
  const { buildPage } = await import('./build-page.ts');
  return (await buildPage()).files;
}
