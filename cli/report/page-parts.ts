import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';

/** The script and the style of a report's page. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
}

const fileOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** Where the packed tool holds the built parts; the repository has no such folder. */
const shipped = fileOf('built-report');

/** What esbuild makes the parts of. */
export const pagePartsBuild = {
  entryPoints: { main: fileOf('page/main.ts'), page: fileOf('page/page.css') },
  outdir: '/',
  bundle: true,
  write: false,
  metafile: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'silent',
} as const satisfies BuildOptions;

let parts: PageParts | undefined;

/** The parts: those of the packed tool, or else built now, in about 0.1 s. */
export function pageParts(): PageParts {
  parts ??= existsSync(shipped)
    ? {
        script: readFileSync(`${shipped}/main.js`, 'utf8'),
        style: readFileSync(`${shipped}/page.css`, 'utf8'),
      }
    : builtNow();
  return parts;
}

function builtNow(): PageParts {
  // Loaded only here: the packed tool does not contain it.
  const { buildSync } = createRequire(import.meta.url)('esbuild') as typeof import('esbuild');
  const { outputFiles } = buildSync(pagePartsBuild);
  const textOf = (name: string) => outputFiles.find(({ path }) => basename(path) === name)?.text ?? '';
  return { script: textOf('main.js'), style: textOf('page.css') };
}
