/**
 * Compares how fast another revision (old) and the working tree (new) record and test events, with a delay added to each call to DynamoDB.
 *
 * Method: for 1, 100 and 1,000 series, first with the recorder alone and then with the detector, each revision takes the same events in
 * turn: `events` of them, one a record, the series one after another. Emulators, functions and the proxy that holds up each call are three
 * processes, so that a call costs what it waits and not what it waits for. The recorder alone is invoked with batches of 500 records. With the
 * detector, the time is from the first put until every event is tested. Before the clock starts, 1,000 events of other series warm the code up. The best of `rounds` stands,
 * since other work on the machine only adds to a time. The old revision runs from a folder of its own, with the packages of this one.
 *
 * Run: npx tsx bench/waves.ts [revision, default HEAD] [events, default 3000] [rounds, default 2] [milliseconds added to a call, default 5]
 */
import { execFileSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { commitOf, sourcesOfRevision } from './revision.ts';
import { notNegative, scriptArguments, text, whole } from './script-arguments.ts';
import { writeResult } from './statistics/write-result.ts';
import type { Measured, Way } from './waves/measure.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const {
  revision,
  events,
  rounds,
  milliseconds: delay,
} = scriptArguments(import.meta.url, {
  revision: text('HEAD'),
  events: whole(3000),
  rounds: whole(2),
  milliseconds: notNegative(5),
});
const ages = ['old', 'new'] as const;
const ways: readonly Way[] = ['recorder', 'end to end'];

/** Measures one revision in a process of its own. */
function measure(tree: string, way: Way, series: number): Measured {
  const script = fileURLToPath(new URL('waves/measure.ts', import.meta.url));
  const args = ['--import', 'tsx', script, tree, way, ...[series, events, delay].map(String)];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }));
}

const fastest = (a: Measured, b: Measured) => (a.eventsPerSecond >= b.eventsPerSecond ? a : b);

const old = sourcesOfRevision(revision);
const rows = ways.flatMap((way) =>
  [1, 100, 1000].map((series) => {
    const best: Partial<Record<(typeof ages)[number], Measured>> = {};
    for (let round = 0; round < rounds; round++) {
      for (const age of round % 2 === 0 ? ages : ages.toReversed()) {
        const measured = measure(age === 'old' ? old : root, way, series);
        best[age] = fastest(measured, best[age] ?? measured);
      }
    }
    if (best.old === undefined || best.new === undefined) throw new RangeError('rounds must be at least 1');
    process.stderr.write(`${way}, ${series} series: ${JSON.stringify(best)}\n`);
    return { way, series, old: best.old, new: best.new };
  }),
);

await writeResult(
  'waves',
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load average ${loadavg()[0]?.toFixed(1)}; ${events} events, ${delay} ms added to a call, the best of ${rounds}; ${commitOf(revision)} beside the working tree`,
  rows,
);
console.table(
  rows.map(({ way, series, old, new: now }) => ({
    way,
    series,
    'old, events/s': Math.round(old.eventsPerSecond),
    'new, events/s': Math.round(now.eventsPerSecond),
    'times as fast': (now.eventsPerSecond / old.eventsPerSecond).toFixed(1),
    'old, calls': old.calls,
    'new, calls': now.calls,
    'old, ms of processor an event': old.processorMs.toFixed(2),
    'new, ms of processor an event': now.processorMs.toFixed(2),
  })),
);
