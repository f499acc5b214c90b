/**
 * Scores every setting on a synthetic set, and writes the result to bench/results.
 *
 * Run: npx tsx bench/evaluate/measure.ts && npx tsx bench/evaluate/page.ts
 */

import { scriptArguments } from '../script-arguments.ts';
import { writeResult } from '../statistics/write-result.ts';
import { contenders } from './contenders.ts';
import { evaluate } from './evaluate.ts';
import { kinds, seasonPoints } from './synthetic/kinds.ts';
import { isFirst, measured, measuredSet } from './synthetic/measured-set.ts';

scriptArguments(import.meta.url);

const { margin, series, points, seed } = measured;
const set = measuredSet();
const all = contenders(margin, seasonPoints);
const options = { margin, signal: new AbortController().signal };
const results = await evaluate(set, all, options);
await writeResult(
  'evaluation',
  `${series} synthetic series of ${points} points of each kind, seed ${seed}, scored with a margin of ${margin} points. Kinds: ` +
    `${Object.entries(kinds)
      .map(([name, { meaning }]) => `${name}: ${meaning}`)
      .join('; ')}. firsts: the scores of the first series of each kind.`,
  results.map(({ name, summary, groups, scores }) => ({
    name,
    summary,
    groups: Object.fromEntries(groups),
    firsts: set.series.flatMap((one, at) => (isFirst(one) ? (scores[at] ?? []) : [])),
  })),
);
