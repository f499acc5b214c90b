import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildPage } from '../../web/server/build-page.ts';
import { thirdPartyLicences } from './third-party-licences.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(root, 'cli');
const dist = join(cli, 'dist');

/** Files that the tool reads where it is: the module that does so is in `dist` when it is bundled. */
const readAtRun = {
  'cli/datasets/nile.csv': 'nile.csv',
  'cli/report/page': 'page',
  NOTICE: 'NOTICE',
} as const;

/** Some dependencies are CommonJS and require modules of Node, for which an ES module needs help; by a name nobody else has. */
const banner =
  "import { createRequire as requireOfBundle } from 'node:module';\nconst require = requireOfBundle(import.meta.url);";

/**
 * `aed`: the tool in ES modules that are loaded when a command needs them, and the page that it serves.
 *
 * What is in the package's `dependencies` stays outside: it is native, keeps its data beside its code, or is large.
 */
export async function buildTool(): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  const { dependencies } = JSON.parse(readFileSync(join(cli, 'package.json'), 'utf8'));
  const [{ metafile }, page] = await Promise.all([
    build({
      absWorkingDir: root,
      entryPoints: { aed: 'bin/aed.ts', process: 'local/apart/process.ts' },
      outdir: dist,
      bundle: true,
      splitting: true,
      metafile: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      mainFields: ['module', 'main'],
      // The page is built already, so esbuild is not asked for.
      external: [...Object.keys(dependencies), 'esbuild'],
      banner: { js: banner },
      minifyWhitespace: true,
      minifySyntax: true,
      logLevel: 'warning',
    }),
    buildPage(),
  ]);
  for (const [from, to] of Object.entries(readAtRun)) {
    cpSync(join(root, from), join(dist, to), { recursive: true });
  }
  for (const [name, content] of page.files) {
    const path = join(dist, 'built-page', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  const sources = [...Object.keys(metafile.inputs), ...page.sources.map((path) => relative(root, path))];
  writeFileSync(join(dist, 'THIRD-PARTY-LICENCES.txt'), thirdPartyLicences(root, sources));
}
