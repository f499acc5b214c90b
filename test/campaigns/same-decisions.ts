/**
 * Runs the scan of the detector and its plain definition on many random streams, saved and restored on the way. Every decision must be the same.
 *
 * One stream in twenty has up to 500 points, the others up to 120.
 * Run: npx tsx test/campaigns/same-decisions.ts [streams, default 10000] [first seed, default 0]
 */

import { deepStrictEqual } from 'node:assert';
import { notNegative, scriptArguments, whole } from '../../bench/script-arguments.ts';
import { decisionsOnStream } from '../core/scan/same-decisions.ts';

const { streams, firstSeed } = scriptArguments(import.meta.url, {
  streams: whole(10_000),
  firstSeed: notNegative(0),
});
let alarms = 0;
for (let seed = firstSeed; seed < firstSeed + streams; seed++) {
  const { name, options, found, expected } = decisionsOnStream(seed, seed % 20 === 0 ? 500 : 120);
  deepStrictEqual(found, expected, `stream ${seed}, ${name}, ${JSON.stringify(options)}`);
  alarms += expected.length;
}
if (alarms < streams / 4)
  throw new Error(`the streams must have at least ${streams / 4} alarms to test enough, got ${alarms}`);
process.stdout.write(`${streams} random streams: ${alarms} alarms, the same as those of the plain scan\n`);
