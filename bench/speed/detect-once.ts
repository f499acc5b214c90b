/**
 * Runs `aed detect` of some sources on a file, then prints its resource usage to standard error, as JSON. bench/detect.ts starts it.
 *
 * Arguments: the folder of the sources, and the file.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tellUsed } from '../measured-child.ts';

const [sources = '', file = ''] = process.argv.slice(2);
const moduleOf = (name: string) => import(pathToFileURL(join(sources, name)).href);
const { run }: typeof import('../../cli/run.ts') = await moduleOf('cli/run.ts');
const { processContext }: typeof import('../../cli/context.ts') = await moduleOf('cli/context.ts');
process.exitCode = await run(['detect', file, '-p', '1', '--json'], processContext());
tellUsed();
