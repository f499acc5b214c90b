/**
 * Builds the packages that other projects install: all of them, or one.
 *
 * Run: npm run build [package: core, lib or cli]
 */
import { oneOf, scriptArguments } from '../bench/script-arguments.ts';
import { buildCdk } from './build/cdk.ts';
import { buildCore } from './build/core.ts';
import { buildTool } from './build/tool.ts';

const builds = new Map([
  ['core', buildCore],
  ['lib', buildCdk],
  ['cli', buildTool],
]);
const { package: chosen } = scriptArguments(import.meta.url, { package: oneOf([...builds.keys()]) });
for (const [name, build] of builds) if (chosen === undefined || chosen === name) await build();
