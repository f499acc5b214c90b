/**
 * Draws the pictures of the README and of docs/choosing.md into docs/images.
 *
 * Method: the humidity at four motes and the flow of the Nile go through the whole pipeline on this machine, as `npm start`
 * sends them. The pictures show the change points that the topic delivers. For the ramp, and for other settings, `@aed/core`
 * finds the change points. Every change point in a picture was found by such a run.
 *
 * Run: npx tsx bench/pictures.ts
 */

import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type DetectorOptions, detectChangePoints } from '@aed/core';
import type { Dataset } from '../cli/datasets/dataset.ts';
import { nile } from '../cli/datasets/nile.ts';
import { sensorNetwork } from '../cli/datasets/sensor-network.ts';
import { environmentOfFlags } from '../cli/detector-options.ts';
import { normal } from '../cli/produce/random.ts';
import { replay } from '../cli/replay/replay.ts';
import { changeMarks, type DrawnChange } from '../cli/report/change-marks.ts';
import type { ReportSeries } from '../cli/report/report.ts';
import { renderSvg } from '../cli/report/svg.ts';
import { thinner } from '../cli/report/thin.ts';
import { scriptArguments } from './script-arguments.ts';

scriptArguments(import.meta.url);

/** A long series is cut into this many stretches. Only the extremes of each are drawn, so that the picture stays small. */
const stretchesDrawn = 600;

const silent = { started() {}, progressed() {}, notified() {}, finished() {}, close() {} };

async function write(name: string, title: string, unit: string, series: readonly ReportSeries[]) {
  const svg = renderSvg({ title, notes: [], xIs: 'reading', unit, series });
  await writeFile(fileURLToPath(new URL(`../docs/images/${name}.svg`, import.meta.url)), svg);
  process.stdout.write(`docs/images/${name}.svg: ${series.map(({ name: panel }) => panel).join('; ')}\n`);
}

/** The values of one series, oldest first. */
function valuesOf({ readings }: Dataset, seriesId: string): readonly number[] {
  return readings.filter((reading) => reading.seriesId === seriesId).map(({ value }) => Number(value));
}

/** A panel that shows a series between two of its readings. */
function panel(
  name: string,
  values: readonly number[],
  changes: readonly DrawnChange[],
  first = 0,
  last = values.length - 1,
): ReportSeries {
  const inView = changes
    .filter(({ changedAt, detectedAt }) => detectedAt >= first && changedAt <= last)
    .map((change) => ({ ...change, from: Math.max(first, change.from) }));
  const points = thinner(stretchesDrawn);
  for (let number = first; number <= last; number++) points.push(number, values[number] as number);
  return {
    name,
    points: points.points(),
    ...changeMarks(inView),
    description: `${name}, with ${inView.length} change points`,
    tables: [],
  };
}

/** The change points of one series in the pipeline's notifications. */
async function fromPipeline(dataset: Dataset, seriesId: string, values: readonly number[]) {
  const { changePoints } = await replay(dataset, {
    environment: environmentOfFlags({ practicalThreshold: String(dataset.practicalThreshold) }),
    view: silent,
    signal: new AbortController().signal,
  });
  return changePoints
    .filter(({ found }) => found.seriesId === seriesId)
    .map(({ changedAt, interval, detectedAt, found }) => ({
      from: changedAt - found.before.count,
      changedAt,
      ...(interval && { interval }),
      detectedAt,
      value: values[detectedAt] as number,
      before: found.before.median,
      after: found.after.median,
    }));
}

/** The change points that the core finds with these options. */
function whatIf(values: readonly number[], options: DetectorOptions): readonly DrawnChange[] {
  return detectChangePoints(values, options).map(({ changedAt, detectedAt, before, after }) => ({
    from: changedAt - before.count,
    changedAt,
    detectedAt,
    value: values[detectedAt] as number,
    before: before.median,
    after: after.median,
  }));
}

const sensors = sensorNetwork();
const mote1 = valuesOf(sensors, 'mote-1-humidity');
await write('mote-1', 'Steam reaches a humidity sensor', '%', [
  panel('mote 1', mote1, await fromPipeline(sensors, 'mote-1-humidity', mote1), 2290, 2520),
]);

const river = await nile();
const flow = valuesOf(river, 'nile');
await write('nile', 'Annual flow of the Nile at Aswan, 1871 to 1970', river.unit, [
  panel('since 1899, the year of the dam; known in 1907', flow, await fromPipeline(river, 'nile', flow)),
]);

const draw = normal(1);
const ramp = Array.from({ length: 1500 }, (_, index) => index / 100 + draw());
await write('ramp', 'A ramp, 0.01 standard deviations of its noise a point', '', [
  panel(
    'threshold 3: a staircase, each step with a drift before it',
    ramp,
    whatIf(ramp, { practicalThreshold: 3 }),
  ),
]);

const described = (changes: readonly DrawnChange[]) =>
  changes.length === 1 ? '1 change point' : `${changes.length} change points`;

/** Chosen to show the effect of a high level: at 0.05, two in five such series have a false alarm before they change. */
const seedOfFalseAlarm = 8;
const drawNoise = normal(seedOfFalseAlarm);
const noise = Array.from({ length: 500 }, (_, index) => drawNoise() + (index < 350 ? 0 : 1));
await write(
  'choose-alpha',
  'One series, three levels: it rises by one standard deviation at reading 350',
  '',
  [0.05, 0.01, 0.001].map((alpha) => {
    const changes = whatIf(noise, { alpha });
    return panel(`α = ${alpha}: ${described(changes)}`, noise, changes);
  }),
);

const mote3 = valuesOf(sensors, 'mote-3-humidity');
await write(
  'choose-threshold',
  'Humidity at mote 3, three thresholds',
  '%',
  [0.5, 1, 3].map((practicalThreshold) => {
    const changes = whatIf(mote3, { practicalThreshold });
    return panel(`δ = ${practicalThreshold}: ${described(changes)}`, mote3, changes);
  }),
);
