/**
 * Scores every setting on a synthetic set, and writes the result to bench/results.
 *
 * Run: npx tsx bench/evaluate/measure.ts && npx tsx bench/evaluate/page.ts
 */
import { writeResult } from '../statistics/write-result.ts';
import { contenders } from './contenders.ts';
import { evaluate } from './evaluate.ts';
import { kinds, seasonPoints } from './synthetic/kinds.ts';
import { syntheticSet } from './synthetic/synthetic-set.ts';

const options = { seed: 1, series: 20, points: 1000 };
const margin = 5;

const set = syntheticSet(options);
const results = await evaluate(set, contenders(margin, seasonPoints), {
  margin,
  signal: new AbortController().signal,
});
await writeResult(
  'evaluation',
  `${options.series} synthetic series of ${options.points} points of each kind, seed ${options.seed}, scored with a margin of ${margin} points. Kinds: ` +
    `${Object.entries(kinds)
      .map(([name, { meaning }]) => `${name}: ${meaning}`)
      .join('; ')}.`,
  results.map(({ name, summary, groups }) => ({ name, summary, groups: Object.fromEntries(groups) })),
);
