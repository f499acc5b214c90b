/**
 * Runs `aed put`, then prints its resource usage to standard error, as JSON. bench/put.ts starts it.
 *
 * Arguments: the file, the stream, and the endpoint of Kinesis.
 */
import { processContext } from '../../cli/context.ts';
import { run } from '../../cli/run.ts';
import { tellUsed } from '../measured-child.ts';

const [file = '', stream = '', endpoint = ''] = process.argv.slice(2);
const args = ['put', file, '--json', '--stream', stream, '--endpoint', endpoint];
process.exitCode = await run(args, processContext());
tellUsed();
