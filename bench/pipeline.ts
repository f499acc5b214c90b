/**
 * Measures how fast the pipeline on this machine processes a data set.
 *
 * Method: the whole sensor network (18,914 readings of four series, practical threshold 3) goes through five new pipelines, one
 * after the other, as `npm start` sends it. SDK clients call the emulators over HTTP; the emulators run in one process and the
 * functions in another. The time for events a second runs from the first PutRecords until the last event is tested and the last
 * notification is received.
 *
 * Run: npx tsx bench/pipeline.ts
 */

import { cpus } from 'node:os';
import { sensorNetwork } from '../cli/datasets/sensor-network.ts';
import { environmentOfFlags } from '../cli/detector-options.ts';
import { replay } from '../cli/replay/replay.ts';
import { scriptArguments } from './script-arguments.ts';

scriptArguments(import.meta.url);

const runs = 5;
const dataset = sensorNetwork();
const silent = { started() {}, progressed() {}, notified() {}, finished() {}, close() {} };

const summaries = [];
for (let run = 0; run < runs; run++) {
  const { setUpSeconds, seconds, eventsPerSecond } = await replay(dataset, {
    environment: environmentOfFlags({ practicalThreshold: String(dataset.practicalThreshold) }),
    view: silent,
    signal: new AbortController().signal,
  });
  summaries.push({
    'set-up, s': setUpSeconds.toFixed(2),
    s: seconds.toFixed(1),
    'events/s': Math.round(eventsPerSecond),
  });
}
process.stdout.write(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`);
console.table(summaries);
