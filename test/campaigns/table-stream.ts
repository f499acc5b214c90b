/**
 * Compares the table streams of the pipeline on one machine with those of DynamoDB Local.
 *
 * Both receive the same random writes: puts, updates, deletes and batches, with conditions and sets. Many writes change nothing.
 * Both must produce the same records in the same order, and refuse the same writes. A sequence that differs is shrunk and
 * printed with the command that repeats it.
 * Run: .ci/install-dynamodb-local && npx tsx test/campaigns/table-stream.ts --sequences 300 [--seed 1]
 */
import { deepStrictEqual } from 'node:assert';
import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { wholeNumber } from '../../cli/arguments.ts';
import { campaignCommand } from './campaign-command.ts';
import { type Write, writes } from './table-writes.ts';
import { localTables, type TablesUnderTest, tappedTables } from './tables-under-test.ts';

const command = campaignCommand(
  'npx tsx test/campaigns/table-stream.ts',
  'Compares the table streams of the pipeline on one machine with those of DynamoDB Local, by the same random writes.',
)
  .option('--sequences <number>', 'sequences of writes', wholeNumber(1), 300)
  .option('--seed <number>', 'the same seed gives the same writes', wholeNumber(0), randomInt(2 ** 31))
  .parse();
const { sequences, seed } = command.opts<{ sequences: number; seed: number }>();

let partitions = 0;
let written = 0;
let refused = 0;
let recorded = 0;

async function compare(
  one: TablesUnderTest,
  other: TablesUnderTest,
  sequence: readonly Write[],
): Promise<void> {
  const partition = `sequence ${++partitions}`;
  const [ours, theirs] = await Promise.all([one.run(partition, sequence), other.run(partition, sequence)]);
  deepStrictEqual(ours, theirs);
  written += sequence.length;
  refused += ours.refusals.filter((refusal) => refusal !== undefined).length;
  recorded += ours.records.length;
}

process.stdout.write(`seed ${seed}\n`);
const [tapped, local] = await Promise.all([tappedTables(), localTables()]);
try {
  const run = await fc.check(
    fc.asyncProperty(writes, (sequence) => compare(tapped, local, sequence)),
    { seed, numRuns: sequences },
  );
  if (run.failed) {
    const again = `npx tsx test/campaigns/table-stream.ts --sequences ${sequences} --seed ${seed}`;
    throw new Error(`${JSON.stringify(run.counterexample)}\n${run.errorInstance}\nTo repeat it: ${again}`);
  }
} finally {
  await Promise.all([tapped.close(), local.close()]);
}
if (recorded === 0 || refused === 0)
  throw new Error(`the sequences must produce records and refusals, got ${recorded} and ${refused}`);
process.stdout.write(
  `${sequences} sequences, ${written} writes, ${refused} refused: ${recorded} records, the same as those of DynamoDB Local\n`,
);
