import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The page, ready to be served or shipped. */
export interface BuiltPage {
  /** Its files by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Paths of the source files. */
  readonly sources: readonly string[];
}

const folder = (path: string) => fileURLToPath(new URL(`../page/${path}`, import.meta.url));

/** Builds the page from its sources and those of `@aed/core`, in about 0.1 s. */
export async function buildPage(): Promise<BuiltPage> {
  const [page, icon, { outputFiles, metafile }] = await Promise.all([
    readFile(folder('index.html')),
    readFile(folder('icon.svg')),
    build({
      entryPoints: {
        main: folder('main.ts'),
        'what-if': folder('what-if.worker.ts'),
        page: folder('page.css'),
      },
      outdir: '/',
      bundle: true,
      write: false,
      metafile: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      legalComments: 'none',
      alias: { '@aed/core': fileURLToPath(new URL('../../core/src/index.ts', import.meta.url)) },
      logLevel: 'silent',
    }),
  ]);
  const built = outputFiles.map(({ path, contents }) => [basename(path), contents] as const);
  return {
    files: new Map<string, Uint8Array>([['index.html', page], ['icon.svg', icon], ...built]),
    sources: Object.keys(metafile.inputs).map((path) => resolve(path)),
  };
}
