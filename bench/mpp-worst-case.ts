/**
 * Times the MPP test beside the recursion that defines it, on series that are hard to rule points out of. Exits with 1 if one costs
 * more than twice the recursion.
 *
 * Times are processor time, the least of several rounds in which both have their turn.
 *
 * Run: npx tsx bench/mpp-worst-case.ts [points, default 2500] > bench/results/mpp-worst-case.txt
 */
import { detectChangePoints } from '@aed/core';
import { scriptArguments, whole } from './script-arguments.ts';
import { adversarialSeries } from './speed/mpp-adversaries.ts';
import { testInFull } from './speed/mpp-in-full.ts';
import { leastMilliseconds } from './speed/processor-time.ts';

const { points } = scriptArguments(import.meta.url, { points: whole(2500) });
const rounds = 20;
/** A rebuild at every twelfth point costs about as much as the twelve steps. */
const mostRatio = 2;

const rows = adversarialSeries(points).map(([series, values, options]) => {
  const [shipped = Number.NaN, recursion = Number.NaN] = leastMilliseconds(rounds, [
    () => void detectChangePoints(values, options),
    () => testInFull(values, options),
  ]);
  return {
    series,
    'recursion, µs a point': ((1000 * recursion) / points).toFixed(2),
    'shipped, µs a point': ((1000 * shipped) / points).toFixed(2),
    ratio: Number((shipped / recursion).toFixed(2)),
  };
});
console.table(rows);
if (!rows.every(({ ratio }) => ratio <= mostRatio)) process.exitCode = 1;
