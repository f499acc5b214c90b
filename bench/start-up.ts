/**
 * How long the tool takes to start: as it is packed, beside the one of the clone, which is compiled at each start.
 *
 * Method: the tool is bundled as for `npm pack`. Each command runs in a fresh process of the Node that runs this, one after
 * the other and in turn, so that what else the machine does meets all of them. From the start of the process to its end; the
 * median counts. What Node itself takes is told, too. Fails if the packed tool never says its version within 250 ms: the
 * fastest run is the one that nothing else held up.
 *
 * Run: npx tsx bench/start-up.ts
 */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { buildTool } from '../bin/build/tool.ts';

const runs = 21;
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
    `the packed tool must say its version in ${mostMilliseconds} ms, got ${Math.round(fastest)}`,
  );
}
