/**
 * Installs the packed core in a fresh folder and uses it from projects of many kinds: `npx tsx test/packages/try-core.ts`.
 *
 * Apart from the suite because it installs compilers from the registry: a minute.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { makeConsumer } from './consumer.ts';
import { type CoreProject, coreProjects, coreUse, jestUse, jestVersion } from './core-projects.ts';

const versions = new Set(coreProjects.flatMap(({ compilers }) => compilers));
const compilers = [...versions].map((version) => `typescript-${version}@npm:typescript@${version}`);
const consumer = makeConsumer('core', ...compilers, `jest@${jestVersion}`);
try {
  for (const project of coreProjects) {
    for (const version of project.compilers) tryProject(project, version);
  }
  consumer.write('use.test.js', jestUse);
  consumer.node('node_modules/jest/bin/jest.js', '--silent', '--rootDir', consumer.folder);
  console.log(`ok: Jest ${jestVersion}`);
} finally {
  consumer.remove();
}

function tryProject({ name, options, source, compiled }: CoreProject, version: string): void {
  consumer.write(source, coreUse);
  const strict = { target: 'es2020', lib: ['es2022', 'dom'], types: [], strict: true, skipLibCheck: false };
  const compilerOptions = { ...options, ...strict, outDir: 'out', rootDir: '.' };
  consumer.write('tsconfig.json', JSON.stringify({ compilerOptions, files: [source] }));
  rmSync(join(consumer.folder, 'out'), { recursive: true, force: true });
  consumer.node(`node_modules/typescript-${version}/bin/tsc`, '-p', '.');
  const result = join(consumer.folder, 'out', compiled);
  if (name === 'bundler')
    buildSync({
      entryPoints: [result],
      outfile: result,
      allowOverwrite: true,
      bundle: true,
      platform: 'node',
    });
  const printed = consumer.node(result).trim();
  if (printed !== 'changed at 20') throw new Error(`${name} must print 'changed at 20', got '${printed}'`);
  console.log(`ok: ${name}, TypeScript ${version}`);
}
