import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** A file of the page, ready to be sent. */
export interface PageFile {
  readonly type: string;
  readonly content: Uint8Array;
}

const folder = (path: string) => fileURLToPath(new URL(`../page/${path}`, import.meta.url));

/** The files of the page by their paths, built from their sources, `@aed/core` among them: a tenth of a second. */
export async function buildPage(): Promise<ReadonlyMap<string, PageFile>> {
  // Here and not above: who serves no page is not to wait for it.
  const { build } = await import('esbuild');
  const [page, icon, { outputFiles }] = await Promise.all([
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
      minify: true,
      format: 'esm',
      target: 'es2022',
      legalComments: 'none',
      alias: { '@aed/core': fileURLToPath(new URL('../../core/src/index.ts', import.meta.url)) },
      logLevel: 'silent',
    }),
  ]);
  const files = new Map<string, PageFile>([
    ['/', { type: 'text/html; charset=utf-8', content: page }],
    ['/icon.svg', { type: 'image/svg+xml', content: icon }],
  ]);
  for (const { path, contents } of outputFiles) {
    const isStyle = path.endsWith('.css');
    const type = `${isStyle ? 'text/css' : 'text/javascript'}; charset=utf-8`;
    files.set(`/${path.replaceAll('\\', '/').split('/').at(-1)}`, { type, content: contents });
  }
  return files;
}
