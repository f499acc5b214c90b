import { buildCdk } from './cdk.ts';
import { buildCore } from './core.ts';
import { buildTool } from './tool.ts';

type Build = () => Promise<void>;

const builds: Readonly<Record<string, Build>> = { core: buildCore, lib: buildCdk, cli: buildTool };

/**
 * The builds that a command line asks for: all without an argument, else that of one package.
 *
 * @throws RangeError if the arguments are not one name of a package
 */
export function chosenBuilds(args: readonly string[]): readonly Build[] {
  if (args.length === 0) return Object.values(builds);
  const [chosen = ''] = args;
  const build = args.length === 1 && Object.hasOwn(builds, chosen) ? builds[chosen] : undefined;
  if (build !== undefined) return [build];
  throw new RangeError(`package must be one of ${Object.keys(builds).join(', ')}, got '${args.join(' ')}'`);
}
