/**
 * Compares the cost of a point between the core of another revision (old) and the core of the working tree (new).
 *
 * Method: a process bundles and loads both cores. They process the same series in turn. The rounds alternate which core begins, so
 * that other work on the machine slows both. The core that is loaded first is often a little faster, so a second process loads
 * them in the other order. The table has, for each core, the least and the median processor time a point, as geometric means over
 * both processes, and the ratios new : old. Above 1 the new core is slower. Where the answers of both differ, the work does too: regimes
 * of other lengths are tested.
 *
 * Run: npx tsx bench/old-beside-new.ts [revision, default HEAD] [rounds, default 100]
 */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { scriptArguments, text, whole } from './script-arguments.ts';
import { works } from './speed/core-works.ts';
import type { Age, Measured } from './speed/old-and-new.ts';

const { revision, rounds } = scriptArguments(import.meta.url, { revision: text('HEAD'), rounds: whole(100) });
const script = fileURLToPath(new URL('speed/old-and-new.ts', import.meta.url));

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Measures in a process of its own. */
function measureApart(...order: readonly Age[]): Measured[] {
  const args = ['--import', 'tsx', script, revision, String(rounds), ...order];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

const least = (values: readonly number[]) => Math.min(...values);
const both = (a: number, b: number) => Math.sqrt(a * b);

function rowOf(name: string, oldFirst: Measured, newFirst: Measured) {
  const row = (of: (values: readonly number[]) => number) => {
    const [before, after] = (['old', 'new'] as const).map((age) =>
      both(of(oldFirst.times[age]), of(newFirst.times[age])),
    );
    return [before, after].map((time = Number.NaN) => Math.round(time)).concat((after ?? 0) / (before ?? 0));
  };
  const [oldLeast, newLeast, ratioOfLeast] = row(least);
  const [oldMedian, newMedian, ratioOfMedians] = row(median);
  return {
    work: name,
    answers: oldFirst.isSameAnswer ? 'same' : 'differ',
    'old, least ns': oldLeast,
    'new, least ns': newLeast,
    'ratio of least': ratioOfLeast?.toFixed(3),
    'old, median ns': oldMedian,
    'new, median ns': newMedian,
    'ratio of medians': ratioOfMedians?.toFixed(3),
  };
}

const [oldFirst, newFirst] = [measureApart('old', 'new'), measureApart('new', 'old')];
process.stdout.write(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}; ${revision} beside the working tree, ${rounds} rounds\n`,
);
console.table(
  works().map(([name], index) => {
    const [first, second] = [oldFirst[index], newFirst[index]];
    return first && second && rowOf(name, first, second);
  }),
);
