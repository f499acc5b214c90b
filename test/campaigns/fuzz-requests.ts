/**
 * Sends random requests to every operation of every server of a local service: intact ones, and ones with nulls, other types,
 * huge numbers, deep nesting, bad Base64, bodies that are cut off, wrong headers and wrong paths.
 *
 * Each must be answered in time and with a status below 500; no exception may escape; and all servers must go on. A request that
 * breaks a rule is made as small as possible and printed.
 * Run: npx tsx test/campaigns/fuzz-requests.ts [requests] [seed] [--data]
 */
import { wholeNumber } from '../../cli/arguments.ts';
import { campaignCommand } from './campaign-command.ts';
import { allExamples, runFuzzed } from './requests/run-fuzzed.ts';

const command = campaignCommand(
  'npx tsx test/campaigns/fuzz-requests.ts',
  'Sends random requests, right and wrong, to every operation of a local service. Each must be answered, and none may end it.',
)
  .argument('[requests]', 'number of requests', wholeNumber(1), 100_000)
  .argument('[seed]', 'the same seed gives the same requests', wholeNumber(0), Date.now() % 2 ** 31)
  .option('--data', 'the emulators keep their data in a folder, as with `aed local --data`', false)
  .parse();
const [requests, seed] = command.processedArgs as [number, number];
process.stdout.write(`${requests} requests to ${allExamples.length} kinds of calls, seed ${seed}\n`);
const started = performance.now();
const { answers } = await runFuzzed(requests, seed, command.opts<{ data: boolean }>().data);
for (const [digit, count] of [...answers].sort()) process.stdout.write(`${digit}xx ${count}\n`);
const seconds = Math.round((performance.now() - started) / 1000);
process.stdout.write(`${requests} requests in ${seconds} s: all answered, nothing escaped\n`);
