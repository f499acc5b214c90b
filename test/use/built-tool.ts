import { buildTool } from '../../bin/build/tool.ts';

/**
 * Builds the tool once for all tests that run it: from its sources, each run would take a second longer.
 *
 * Another launcher that is to pass the same tests is named by AED_LAUNCHER.
 */
export async function setup(): Promise<void> {
  if (process.env.AED_LAUNCHER !== undefined) return;
  await buildTool();
  process.env.AED_LAUNCHER = 'cli/dist/aed.js';
}
