import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { bundleTypes } from './bundle-types.ts';
import { withCompiledTypes } from './compile-types.ts';

const core = fileURLToPath(new URL('../../core', import.meta.url));
const dist = join(core, 'dist');

/**
 * Builds `@aed/core`: an ES module, a CommonJS module with the same content, and types for both.
 *
 * White space is removed but names are kept, so that stack traces stay readable. Both modules end in `.js`: npm sorts files by
 * extension, and neighbouring files compress well if they are alike.
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
  // One declaration of the classes: a detector from either module has the same type.
  writeFileSync(join(dist, 'index.d.ts'), "export * from './cjs/index.js';\n");
}
