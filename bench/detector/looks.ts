/**
 * Counts what a look at a series costs, for batches that are routed by chance to several instances of the detector.
 *
 * Method: each series has a regime of so many points. Each look has the news of 8 readings. Lambda does not promise which instance gets
 * a shard's batch, so an instance is drawn for each look. The tables are in this process. Calls are counted, and units by the documented
 * rule. Processor time is that of this thread without what the tables take. "no memory" is an instance that remembers nothing, so that
 * every look reads the chunks.
 *
 * Run: npx tsx bench/detector/looks.ts [looks, default 600] [points, default 10000]
 * Writes: bench/results/looks.json
 */

import { uniform } from '../../cli/produce/random.ts';
import { detectSeries } from '../../lambda/detector/detect-series.ts';
import { regimeLimits } from '../../lambda/regime/regime-limits.ts';
import { scriptArguments, whole } from '../script-arguments.ts';
import { writeResult } from '../statistics/write-result.ts';
import { instanceOn, newTables, Readings } from './service.ts';

const { looks, points } = scriptArguments(import.meta.url, { looks: whole(600), points: whole(10_000) });
const series = 20;
const readingsALook = 8;
const seed = 1;

const cases = [
  ...[1, 2, 4, 16].map((instances) => ({ instances, rememberedPoints: regimeLimits.rememberedPoints })),
  { instances: 16, rememberedPoints: 0 },
];

interface Row {
  readonly instances: number;
  readonly memory: boolean;
  readonly calls: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly processorMs: number;
  readonly warmShare: number;
}

async function measure({ instances, rememberedPoints }: (typeof cases)[number]): Promise<Row> {
  const random = uniform(seed);
  const tables = newTables();
  const readings = new Readings(tables, random);
  const limits = { ...regimeLimits, rememberedPoints };
  const running = Array.from({ length: instances }, () => instanceOn(tables, limits));
  const instance = () => {
    const drawn = running[Math.floor(random() * instances)];
    if (drawn === undefined) throw new RangeError(`an instance must be one of ${instances}`);
    return drawn;
  };
  const names = Array.from({ length: series }, (_, index) => `device-${index}`);
  for (const name of names) await detectSeries(name, [readings.store(name, points)], instance());
  const look = (index: number) => {
    const name = names[index % series] ?? '';
    return detectSeries(name, [readings.store(name, readingsALook)], instance());
  };
  // Until each instance has met most series, as it has after some minutes.
  for (let index = 0; index < series * instances; index++) await look(index);
  const { usage } = tables;
  usage.calls.clear();
  Object.assign(usage, { readUnits: 0, writeUnits: 0, processorMs: 0 });
  const before = process.cpuUsage();
  let warm = 0;
  for (let index = 0; index < looks; index++) warm += Number((await look(index)).read === 'warm');
  const { user, system } = process.cpuUsage(before);
  const calls = [...usage.calls.values()].reduce((sum, count) => sum + count, 0);
  return {
    instances,
    memory: rememberedPoints > 0,
    calls: calls / looks,
    readUnits: usage.readUnits / looks,
    writeUnits: usage.writeUnits / looks,
    processorMs: ((user + system) / 1000 - usage.processorMs) / looks,
    warmShare: warm / looks,
  };
}

const rows: Row[] = [];
for (const one of cases) {
  const row = await measure(one);
  rows.push(row);
  process.stdout.write(`${JSON.stringify(row)}\n`);
}
await writeResult(
  'looks',
  `${series} series of ${points} points, ${looks} looks of ${readingsALook} readings each, routed by chance (seed ${seed}); for each case the mean of a look`,
  rows,
);
