/**
 * Runs many schedules of the digest in simulated time: two batches at once, each await a place to die or to fail, change points that come
 * more than once, series that flap and series that are muted. People must be told of each change, and twice only if a crash
 * fell between publishing and deleting; of one series in at most three messages an hour.
 *
 * Run: npx tsx test/campaigns/digests.ts [schedules, default 500] [seed, default 1]
 */

import fc from 'fast-check';
import { scriptArguments, whole } from '../../bench/script-arguments.ts';
import { runDigestSchedule } from './digest/run-schedule.ts';
import { digestSchedules } from './digest/schedule.ts';
import { digestFaults } from './digest/verdict.ts';

const { runs, seed } = scriptArguments(import.meta.url, { runs: whole(500), seed: whole(1) });
const total = { changes: 0, messages: 0, mishaps: 0, flapping: 0, broken: 0 };
const property = fc.asyncProperty(digestSchedules, async (schedule) => {
  const run = await runDigestSchedule(schedule);
  const wrong = digestFaults(run);
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  total.changes += run.changes.length;
  total.messages += run.published.length;
  total.mishaps += run.mishaps;
  total.flapping += run.published.filter(({ news }) => news.some(({ flaps }) => flaps)).length;
  total.broken += run.published.filter(({ whole }) => !whole).length;
});
await fc.assert(property, { numRuns: runs, seed });
if (total.mishaps < runs / 2 || total.broken < runs / 10 || total.flapping < runs / 2)
  throw new Error(
    `mishaps and flapping series must be many enough to test something, got ${JSON.stringify(total)}`,
  );
process.stdout.write(
  `${runs} schedules, seed ${seed}: ${total.changes} change points told in ${total.messages} messages, ${total.flapping} of them of series that flap; ` +
    `${total.mishaps} mishaps, ${total.broken} of them between publishing and deleting; none untold, none told twice without one\n`,
);
