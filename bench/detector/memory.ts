/**
 * Measures the memory of remembered regimes, each case in a process of its own.
 *
 * Method: regimes of noise are added, tested and remembered, with HEADs as the table holds them. After a garbage collection, the growth of the heap
 * and of array buffers is divided by the points. The peak is that of the whole process (resident set size), which the kernel tells.
 *
 * Run: npx tsx bench/detector/memory.ts
 * Writes: bench/results/memory.json
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { scriptArguments } from '../script-arguments.ts';
import { writeResult } from '../statistics/write-result.ts';

scriptArguments(import.meta.url);

const script = fileURLToPath(new URL('remember.ts', import.meta.url));

const cases = [
  { series: 1000, points: 10_000 },
  { series: 10_000, points: 1000 },
  { series: 100_000, points: 100 },
];

const rows: object[] = [];
for (const { series, points } of cases) {
  const args = ['--expose-gc', '--import', 'tsx', script, `${series}`, `${points}`];
  const row = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  rows.push(row);
  process.stdout.write(`${JSON.stringify(row)}\n`);
}
await writeResult(
  'memory',
  'remembered regimes of noise, seed 1; bytes a point after a garbage collection',
  rows,
);
