/**
 * Counts what a thousand events cost in calls to DynamoDB, in read and write units, in runs of the functions and in bytes: by the
 * original design (a full reload for every event), by this service, and by another revision of it.
 *
 * Method: the real handlers work on tables within this process, which work out the units of each call from the sizes of the items, by the
 * rules of DynamoDB's documentation. Batches come to the detector's instances by chance, with seed 1. All series are quiet.
 *
 * Run: npm run bench:cost [-- revision of this service to compare with]
 */

import { countBar } from '../cli/progress.ts';
import { type Load, runService } from './cost/run-service.ts';
import { current, ofRevision, original } from './cost/services.ts';
import { scriptArguments, text } from './script-arguments.ts';
import { writeResult } from './statistics/write-result.ts';

const { revision } = scriptArguments(import.meta.url, { revision: text() });
const usual: Load = { regime: 1000, series: 2, instances: 4, batch: 2, events: 100 };

/** Sixty events of each series come together, as with a window of a minute. */
const gathered: Load = { ...usual, regime: 10_000, instances: 16, batch: 120, events: 480 };

/** All but the last vary one thing. */
const loads: readonly Load[] = [
  ...[100, 1000, 10_000].map((regime) => ({ ...usual, regime })),
  ...[1, 2, 16].map((instances) => ({ ...usual, regime: 10_000, instances })),
  ...[1, 100, 1000].map((series) => ({ ...usual, regime: 100, series, batch: 100, events: 1000 })),
  ...[1, 10, 100, 1000].map((batch) => ({ ...usual, batch, events: Math.max(100, batch) })),
  gathered,
];

const other = revision === undefined ? undefined : await ofRevision(revision);
const services = [original, ...(other === undefined ? [] : [other]), await current()];
const bar = countBar(process.stderr, 'counts', loads.length * services.length - 2);
const rows: object[] = [];
try {
  for (const load of loads) {
    for (const service of services) {
      // It remembers nothing, so the number of its instances changes nothing.
      if (service === original && [1, 2].includes(load.instances)) continue;
      const usage = await runService(service, load);
      rows.push({ service: service.name, ...load, ...rounded(usage) });
      bar.update(rows.length);
    }
  }
} finally {
  bar.stop();
}
await writeResult(
  'cost',
  `For 1,000 events of quiet series: read and write units of DynamoDB, calls to it, runs of both functions, bytes of the items read and written. ` +
    `A regime of so many points in each series before the counting; batches of so many records, one event each, of the series in turn; ` +
    `each batch that the recorder writes goes to one of the detector's instances by chance, seed 1.`,
  rows,
);
console.table(rows);

function rounded(usage: object): object {
  return Object.fromEntries(Object.entries(usage).map(([name, count]) => [name, Math.round(count)]));
}
