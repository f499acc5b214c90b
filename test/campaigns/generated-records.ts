/**
 * Decodes many generated records: every form of times, numbers, ids and envelopes, by their own settings and by others, with faults.
 *
 * By its own settings each record gives its events. By other ones it gives some of these events, or reasons. So a replay after the settings
 * were mended recovers all.
 * Run: npx tsx test/campaigns/generated-records.ts [records] [seed]
 */
import fc from 'fast-check';
import { wholeNumber } from '../../cli/arguments.ts';
import { checkRecord, generatedRecords } from '../lambda/record/generated/generated-records.ts';
import { campaignCommand } from './campaign-command.ts';

const command = campaignCommand(
  'npx tsx test/campaigns/generated-records.ts',
  'Decodes generated records in every form. Each must give its events, or a reason and all events by mended settings.',
)
  .argument('[records]', 'number of records', wholeNumber(1), 10_000)
  .argument('[seed]', 'the same seed gives the same records', wholeNumber(0), Date.now() % 2 ** 31)
  .parse();
const [numRuns, seed] = command.processedArgs as [number, number];
process.stdout.write(`${numRuns} records, seed ${seed}\n`);
const seen = new Map<string, number>();
fc.assert(
  fc.property(generatedRecords, (one) => checkRecord(one, seen)),
  { numRuns, seed },
);
for (const [outcome, times] of seen) process.stdout.write(`${outcome.padEnd(22)} ${times}\n`);
process.stdout.write(
  `${numRuns} records: by their own settings all events, by others these events or a reason\n`,
);
