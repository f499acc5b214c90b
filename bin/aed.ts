#!/usr/bin/env node
import { end, processContext } from '../cli/context.ts';
import { run } from '../cli/run.ts';

end(await run(process.argv.slice(2), processContext()));
