import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { type BuildOptions, build } from 'esbuild';
import { ChangePointDetectionStack } from '../../lib/change-point-detection-stack.ts';
import { settingsFromContext } from '../../lib/settings.ts';
import { bundleTypes } from './bundle-types.ts';
import { withCompiledTypes } from './compile-types.ts';
import { thirdPartyLicences } from './third-party-licences.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const lib = join(root, 'lib');
const dist = join(lib, 'dist');
const functions = join(dist, 'functions');

/** Builds `@aed/cdk`: the construct for ES modules and for CommonJS, its types, and the functions that it deploys. */
export async function buildCdk(): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  copyFunctions();
  writeFileSync(join(dist, 'THIRD-PARTY-LICENCES.txt'), thirdPartyLicences(root, sourcesOfFunctions()));
  const { peerDependencies } = JSON.parse(readFileSync(join(lib, 'package.json'), 'utf8'));
  const common: BuildOptions = {
    entryPoints: [join(lib, 'index.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: Object.keys(peerDependencies),
    logLevel: 'warning',
  };
  // CommonJS has no `import.meta.url`: the banner defines a constant in its place.
  const place = { 'import.meta.url': 'place' };
  const banner = { js: "const place = require('node:url').pathToFileURL(__filename).href;" };
  await Promise.all([
    build({ ...common, format: 'esm', outfile: join(dist, 'index.js') }),
    build({ ...common, format: 'cjs', outfile: join(dist, 'index.cjs'), define: place, banner }),
  ]);
  const types = withCompiledTypes(join(lib, 'tsconfig.build.json'), (folder) =>
    bundleTypes(join(folder, 'lib/index.d.ts'), { '@aed/core': join(folder, 'core/src/index.d.ts') }),
  );
  writeFileSync(join(dist, 'index.d.cts'), types);
  writeFileSync(join(dist, 'index.d.ts'), "export * from './index.cjs';\n");
}

/**
 * Copies the functions from the repository's own stack, so that there is one way to bundle them.
 *
 * The stack is synthesized inside the repository, so that the source maps hold no paths of the machine.
 */
function copyFunctions(): void {
  const outdir = join(dist, 'synthesized');
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  const app = new App({ outdir, context: { ...context, 'aws:cdk:enable-asset-metadata': true } });
  // With a bus, which asks for one function more.
  const settings = settingsFromContext({ eventBus: 'default' });
  const stack = new ChangePointDetectionStack(app, 'Functions', { settings });
  app.synth();
  for (const each of stack.node.findAll()) {
    if (!(each instanceof NodejsFunction) || !(each.node.defaultChild instanceof CfnFunction)) continue;
    const bundle = each.node.defaultChild.cfnOptions.metadata?.['aws:asset:path'];
    cpSync(join(outdir, bundle), join(functions, each.node.id.toLowerCase()), { recursive: true });
  }
  rmSync(outdir, { recursive: true });
}

/** The source files of the functions, according to their source maps. */
function sourcesOfFunctions(): readonly string[] {
  return readdirSync(functions).flatMap((name) => {
    const { sources } = JSON.parse(readFileSync(join(functions, name, 'index.mjs.map'), 'utf8'));
    return sources.map((source: string) => relative(root, join(functions, name, source)));
  });
}
