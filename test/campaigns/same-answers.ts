/**
 * Runs the shipped detector and the recursion on many random streams. Every answer must be the same.
 *
 * One stream in fifty has up to 4,000 points, the others up to 400.
 * Run: npx tsx test/campaigns/same-answers.ts [streams, default 10000] [first seed, default 0]
 */

import { deepStrictEqual } from 'node:assert';
import { notNegative, scriptArguments, whole } from '../../bench/script-arguments.ts';
import { compareOnStream } from '../core/same-answers.ts';

const { streams, firstSeed } = scriptArguments(import.meta.url, {
  streams: whole(10_000),
  firstSeed: notNegative(0),
});
let points = 0;
let changePoints = 0;
for (let seed = firstSeed; seed < firstSeed + streams; seed++) {
  const { stream, found, expected } = compareOnStream(seed, seed % 50 === 0 ? 4000 : 400);
  deepStrictEqual(found, expected, `stream ${seed}, ${stream.name}, ${JSON.stringify(stream.options)}`);
  points += stream.values.length;
  changePoints += expected.length;
}
if (changePoints < streams)
  throw new Error(
    `the streams must have at least ${streams} change points to test enough, got ${changePoints}`,
  );
process.stdout.write(
  `${streams} random streams, ${points} points: ${changePoints} change points, the same as those of the recursion\n`,
);
