/**
 * Measures how long the tool takes to start: the packed one, and that of the clone, which is compiled at each start.
 *
 * Method: the tool is bundled as for `npm pack`. Each command runs in fresh processes of this Node. The commands take turns, so
 * that other work on the machine slows all of them. The time runs from the start of the process to its end, and the result is the
 * median. The start of Node alone is measured, too. Fails if no run of the packed tool prints its version within 250 ms. The
 * fastest run counts there, since other work delayed it least.
 *
 * Run: npx tsx bench/start-up.ts [runs of each command, default 21]
 */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { buildTool } from '../bin/build/tool.ts';
import { scriptArguments, whole } from './script-arguments.ts';

const { runs } = scriptArguments(import.meta.url, { runs: whole(21) });
const mostMilliseconds = 250;
const packed = 'cli/dist/aed.js';
const inClone = 'bin/aed.js';

const started: readonly { readonly what: string; readonly args: readonly string[] }[] = [
  { what: 'Node alone', args: ['--eval', '0'] },
  { what: 'packed: aed --version', args: [packed, '--version'] },
  { what: 'clone: aed --version', args: [inClone, '--version'] },
  { what: 'packed: aed detect --help', args: [packed, 'detect', '--help'] },
  { what: 'clone: aed detect --help', args: [inClone, 'detect', '--help'] },
  { what: 'packed: aed --help', args: [packed, '--help'] },
  { what: 'clone: aed --help', args: [inClone, '--help'] },
];

await buildTool();
const times = started.map((): number[] => []);
for (let run = 0; run < runs; run++) {
  started.forEach(({ args }, index) => {
    const start = performance.now();
    execFileSync(process.execPath, args, { stdio: 'ignore' });
    times[index]?.push(performance.now() - start);
  });
}
const measured = times.map((of) => of.toSorted((a, b) => a - b));
const median = (sorted: readonly number[] = []) => sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;

process.stdout.write(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, ${runs} runs of each\n`,
);
console.table(
  started.map(({ what }, index) => ({
    started: what,
    'median, ms': Math.round(median(measured[index])),
    fastest: Math.round(measured[index]?.at(0) ?? Number.NaN),
    slowest: Math.round(measured[index]?.at(-1) ?? Number.NaN),
  })),
);
const fastest = measured[1]?.[0] ?? Number.NaN;
if (!(fastest <= mostMilliseconds)) {
  throw new Error(
    `the packed tool must print its version within ${mostMilliseconds} ms, got ${Math.round(fastest)} ms`,
  );
}
