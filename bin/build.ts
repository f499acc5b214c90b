/** Builds the packages that other projects install. Run: npm run build, or for one package its folder: npm run build core */
import { buildCdk } from './build/cdk.ts';
import { buildCore } from './build/core.ts';
import { buildTool } from './build/tool.ts';

const builds: Readonly<Record<string, () => Promise<void>>> = {
  core: buildCore,
  lib: buildCdk,
  cli: buildTool,
};
const [chosen, ...more] = process.argv.slice(2);
const build = chosen !== undefined && Object.hasOwn(builds, chosen) ? builds[chosen] : undefined;
if (more.length > 0 || (chosen !== undefined && build === undefined)) {
  throw new RangeError(
    `package must be one of ${Object.keys(builds).join(', ')}, got '${process.argv.slice(2).join(' ')}'`,
  );
}
for (const each of build === undefined ? Object.values(builds) : [build]) await each();
