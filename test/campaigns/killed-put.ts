/**
 * Puts the sensor data into `aed local` with `aed put`, which is killed at random moments and started again. No reading may be lost or
 * stored twice, and the change points must be those of `aed detect`.
 *
 * Run: npx tsx test/campaigns/killed-put.ts [kills] --seed 1
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { wholeNumber } from '../../cli/arguments.ts';
import { sensorNetwork } from '../../cli/datasets/sensor-network.ts';
import { uniform } from '../../cli/produce/random.ts';
import { countEvents } from '../../local/stored.ts';
import { startAed } from '../cli/aed.ts';
import { startLocal, withClients } from '../cli/local-service.ts';
import { changesOfDetect, changesOfService, csvOf, type TimedValue } from '../cli/put/compared-changes.ts';
import { campaignCommand } from './campaign-command.ts';

const command = campaignCommand(
  'npx tsx test/campaigns/killed-put.ts',
  'Kills `aed put` at random moments while it puts the sensor data, and compares what is stored with the file.',
)
  .argument('[kills]', 'how often it is killed', wholeNumber(0), 5)
  .option('--seed <number>', 'seed of the moments', wholeNumber(0), 1)
  .parse();
const [kills] = command.processedArgs as [number];
const { seed } = command.opts<{ seed: number }>();

/** So fast it puts until it is killed; it would take 10 s. */
const rate = 2_000;
const longestMs = 8_000;
const flags = ['-p', '3'];

const readings = sensorNetwork().readings.map(
  ({ seriesId, timestamp, value }): TimedValue => ({
    seriesId,
    timestamp: Number(timestamp),
    value: Number(value),
  }),
);
const newest = [...new Map(readings.map((reading) => [reading.seriesId, reading])).values()];
const folder = await mkdtemp(join(tmpdir(), 'aed-killed-put-'));
process.env.XDG_RUNTIME_DIR = folder;
const local = await startLocal(...flags);
try {
  const startedAt = performance.now();
  const file = join(folder, 'motes.csv');
  await writeFile(file, csvOf(readings));
  const chance = uniform(seed);
  for (let kill = 0; kill < kills; kill++) {
    const put = startAed(['put', file, '--rate', `${rate}`]);
    await delay(longestMs * chance());
    await put.end('SIGKILL');
  }
  const last = startAed(['put', file, '--json']);
  const code = await last.ended();
  if (code !== 0) throw new Error(`aed put ended with ${code}: ${last.error()}`);
  const expected = await changesOfDetect(file, flags);
  const found = await changesOfService(local, newest, 600);
  const stored = await withClients(local.state, countEvents);
  const isSame = JSON.stringify(found) === JSON.stringify(expected);
  const seconds = (performance.now() - startedAt) / 1000;
  process.stdout.write(
    `killed ${kills} times (seed ${seed}): ${stored} of ${readings.length} readings stored, ${found.length} change points, ` +
      `${isSame ? 'the same as' : 'others than'} those of aed detect; ${seconds.toFixed(0)} s\n`,
  );
  if (!isSame || stored !== readings.length) process.exitCode = 1;
} finally {
  await local.end('SIGKILL');
  await rm(folder, { recursive: true });
}
