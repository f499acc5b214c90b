/**
 * Puts a bad record at every position of batches of every size. The others must be stored. The bad one must be set aside, and
 * recovered once it is corrected and replayed.
 *
 * All cases share the emulators. Sizes go from 1 to the largest, and kinds of bad records take turns.
 * Run: npx tsx test/campaigns/poison.ts [largest batch]
 */
import { wholeNumber } from '../../cli/arguments.ts';
import { campaignCommand } from './campaign-command.ts';
import { runPoison } from './poison-run.ts';

const command = campaignCommand(
  'npx tsx test/campaigns/poison.ts',
  'Puts a bad record at every position of batches of every size, and recovers it from quarantine. Sizes up to 100 take a few minutes.',
)
  .argument('[largest]', 'records in the largest batch', wholeNumber(1), 100)
  .parse();
const [largest] = command.processedArgs as [number];
const started = performance.now();
const { cases, healthy, quarantined, recovered, failures } = await runPoison(largest, (size) => {
  if (size % 10 === 0) process.stderr.write(`batches of up to ${size} of ${largest} records done\n`);
});
for (const failure of failures.slice(0, 20)) process.stdout.write(`${failure}\n`);
const seconds = (performance.now() - started) / 1000;
process.stdout.write(
  `batches of 1 to ${largest} records, poison at every position: ${healthy} healthy events stored, ` +
    `${quarantined} of ${cases} poisons found in quarantine, ${recovered} of ${cases} recovered, ${seconds.toFixed(0)} s\n` +
    `${cases - Math.min(cases, failures.length)} passed, ${failures.length} failed\n`,
);
if (failures.length > 0 || recovered !== cases) process.exitCode = 1;
