/**
 * Runs many interleavings of looks over three instances of the detector, which remember regimes and store chunks, with late, corrected and deleted events,
 * damaged and stale chunks, and writers that come too late. Each must say what a detector without any cache says, byte for byte.
 *
 * Run: npx tsx test/campaigns/interleavings.ts [interleavings, default 1000] [seed, default 1]
 */

import fc from 'fast-check';
import { scriptArguments, whole } from '../../bench/script-arguments.ts';
import { interleavings } from '../lambda/detector/interleavings/interleaving.ts';
import { runInterleaving } from '../lambda/detector/interleavings/run-interleaving.ts';

const { runs, seed } = scriptArguments(import.meta.url, { runs: whole(1000), seed: whole(1) });
const total = { looks: 0, chunks: 0, changePoints: 0, retracted: 0 };
const property = fc.asyncProperty(interleavings, async (given) => {
  const { wrong, happened } = await runInterleaving(given);
  for (const name of ['looks', 'chunks', 'changePoints', 'retracted'] as const) total[name] += happened[name];
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
});
await fc.assert(property, { numRuns: runs, seed });
if (total.chunks < runs || total.changePoints < runs / 2 || total.retracted < runs / 50)
  throw new Error(
    `chunks and change points must be many enough to test something, got ${JSON.stringify(total)}`,
  );
process.stdout.write(
  `${runs} interleavings, seed ${seed}: ${total.looks} looks, ${total.chunks} of them at a series with chunks, ${total.changePoints} change points, ` +
    `and ${total.retracted / 2} of them retracted, ` +
    'as those of a detector without a cache\n',
);
