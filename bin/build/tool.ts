import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { pagePartsBuild } from '../../cli/report/page-parts.ts';
import { buildPage } from '../../web/server/build-page.ts';
import { thirdPartyLicences } from './third-party-licences.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(root, 'cli');
const dist = join(cli, 'dist');

/** Files that the tool reads at run time, next to its own modules: these are in `dist` after the build. */
const readAtRun = {
  'cli/datasets/nile.csv': 'nile.csv',
  NOTICE: 'NOTICE',
} as const;

/** Some dependencies are CommonJS and `require` modules of Node. An ES module must define that; the import has a unique name. */
const banner =
  "import { createRequire as requireOfBundle } from 'node:module';\nconst require = requireOfBundle(import.meta.url);";

/**
 * Builds `aed`: the tool as ES modules, each loaded when a command needs it, and the page that it serves.
 *
 * The package's `dependencies` are not bundled: they are native, read data files beside their code, or are large.
 */
export async function buildTool(): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  const { dependencies } = JSON.parse(readFileSync(join(cli, 'package.json'), 'utf8'));
  const [{ metafile }, page, report] = await Promise.all([
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
      // Only the build of the page needs esbuild, and the page is built already.
      external: [...Object.keys(dependencies), 'esbuild'],
      banner: { js: banner },
      minifyWhitespace: true,
      minifySyntax: true,
      logLevel: 'warning',
    }),
    buildPage(),
    build(pagePartsBuild),
  ]);
  for (const [from, to] of Object.entries(readAtRun)) {
    cpSync(join(root, from), join(dist, to), { recursive: true });
  }
  const built = [
    ...[...page.files].map(([name, content]) => [join('built-page', name), content] as const),
    ...report.outputFiles.map(
      ({ path, contents }) => [join('built-report', basename(path)), contents] as const,
    ),
  ];
  for (const [name, content] of built) {
    const path = join(dist, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  const sources = [
    ...Object.keys(metafile.inputs),
    ...[...page.sources, ...Object.keys(report.metafile.inputs).map((path) => resolve(path))].map((path) =>
      relative(root, path),
    ),
  ];
  writeFileSync(join(dist, 'THIRD-PARTY-LICENCES.txt'), thirdPartyLicences(root, sources));
}
