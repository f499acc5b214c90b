/**
 * Draws docs/images/mote-1.svg: the humidity at mote 1, with the change points that the pipeline reports.
 *
 * Method: the sensor network goes through the whole pipeline on this machine, as `npm start` sends it. Drawn are the
 * readings of mote 1 around its labelled event, the level on each side of each change point, the first reading of each
 * new level, and from there to the reading at which it was known the delay.
 *
 * Run: npx tsx bench/picture.ts
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { sensorNetwork } from '../datasets/sensor-network.ts';
import { replay } from '../local/replay/replay.ts';

const seriesId = 'mote-1-humidity';
const shownReadings = { first: 2290, last: 2520 };

const dataset = sensorNetwork();
const { changePoints } = await replay(dataset, {
  environment: { PRACTICAL_THRESHOLD: String(dataset.practicalThreshold) },
  view: { started() {}, progressed() {}, notified() {}, finished() {}, close() {} },
  signal: new AbortController().signal,
});

const readings = dataset.readings
  .filter((reading) => reading.seriesId === seriesId)
  .map(({ value }, number) => ({ number, humidity: Number(value) }))
  .filter(({ number }) => number >= shownReadings.first && number <= shownReadings.last);

const changes = changePoints
  .filter(({ found }) => found.seriesId === seriesId)
  .map(({ changedAt, detectedAt, found }) => ({
    changedAt,
    detectedAt,
    before: found.before.median,
    after: found.after.median,
    from: Math.max(shownReadings.first, changedAt - found.before.count),
  }));

const { document } = parseHTML('<html><body></body></html>');
const plot = Plot.plot({
  document,
  width: 860,
  height: 300,
  marginLeft: 48,
  marginBottom: 44,
  style: { fontSize: '12px', background: '#fff', color: '#222' },
  x: { label: 'reading of mote 1', labelOffset: 38 },
  y: { label: 'relative humidity, %', grid: true, domain: [35, 95] },
  marks: [
    Plot.rectX(changes, { x1: 'changedAt', x2: 'detectedAt', fill: '#d62728', fillOpacity: 0.08 }),
    Plot.lineY(readings, { x: 'number', y: 'humidity', stroke: '#1f77b4', strokeWidth: 1.5 }),
    Plot.ruleY(changes, { y: 'before', x1: 'from', x2: 'changedAt', stroke: '#555', strokeDasharray: '4 3' }),
    Plot.ruleY(changes, {
      y: 'after',
      x1: 'changedAt',
      x2: 'detectedAt',
      stroke: '#555',
      strokeDasharray: '4 3',
    }),
    Plot.ruleX(changes, { x: 'changedAt', stroke: '#d62728', strokeWidth: 1.5 }),
    Plot.ruleX(changes, { x: 'detectedAt', stroke: '#d62728', strokeOpacity: 0.35 }),
    Plot.text(changes, {
      x: 'changedAt',
      frameAnchor: 'top',
      text: ({ changedAt }) => `${changedAt}`,
      dy: -14,
      fill: '#d62728',
    }),
  ],
});
plot.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
plot.setAttribute('role', 'img');
plot.setAttribute('aria-label', 'Humidity at mote 1 with its change points');

const target = fileURLToPath(new URL('../docs/images/mote-1.svg', import.meta.url));
await writeFile(target, `${plot.outerHTML}\n`);
process.stdout.write(`${changes.length} change points drawn in ${target}\n`);
