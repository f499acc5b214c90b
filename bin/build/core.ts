import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { bundleTypes } from './bundle-types.ts';
import { withCompiledTypes } from './compile-types.ts';

const core = fileURLToPath(new URL('../../core', import.meta.url));
const dist = join(core, 'dist');

/**
 * `@aed/core`: an ES module, the same for `require`, and types for each.
 *
 * Without white space, but with all names, so that a stack trace says where it went. What is in both is packed once if it lies
 * close together: npm sorts what it packs by extension, and both end in `.js`.
 */
export async function buildCore(): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  const common: BuildOptions = {
    entryPoints: [join(core, 'src/index.ts')],
    bundle: true,
    target: 'es2022',
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'warning',
  };
  await Promise.all([
    build({ ...common, format: 'esm', outfile: join(dist, 'index.js') }),
    build({ ...common, format: 'cjs', outfile: join(dist, 'cjs/index.js') }),
  ]);
  const types = withCompiledTypes(join(core, 'tsconfig.build.json'), (folder) =>
    bundleTypes(join(folder, 'index.d.ts')),
  );
  writeFileSync(join(dist, 'cjs/package.json'), '{ "type": "commonjs" }\n');
  writeFileSync(join(dist, 'cjs/index.d.ts'), types);
  // The same classes for both: a detector that is typed by one is taken by the other.
  writeFileSync(join(dist, 'index.d.ts'), "export * from './cjs/index.js';\n");
}
