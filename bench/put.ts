/**
 * Measures how fast `aed put` puts a file into a stream, and how much memory it needs.
 *
 * Method: see the result. The command runs in a process of its own; the stream is the emulator of `aed local`, without functions.
 *
 * Run: npx tsx bench/put.ts [rows of the largest file, a multiple of 10, default 1000000], then npx tsx bench/speed/page.ts
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CreateStreamCommand, waitUntilStreamExists } from '@aws-sdk/client-kinesis';
import { normal } from '../cli/produce/random.ts';
import { createClients, destroyClients } from '../local/clients.ts';
import { startKinesis } from '../local/emulators/kinesis.ts';
import { runMeasured } from './measured-child.ts';
import { multipleOf, scriptArguments } from './script-arguments.ts';
import { writeResult } from './statistics/write-result.ts';
import { writeRows } from './write-rows.ts';

const { rows: most } = scriptArguments(import.meta.url, { rows: multipleOf(10, 1_000_000) });
const putOnce = fileURLToPath(new URL('speed/put-once.ts', import.meta.url));
const series = 10;
const stream = 'records';

await measure();

async function measure(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'aed-bench-'));
  const rows = [];
  for (const count of [most / 10, most]) {
    const file = join(folder, `${count}.csv`);
    await writeRows(file, 'seriesId,timestamp,value', count, rowOf(normal(1)));
    rows.push({ rows: count, ...(await timed(file)) });
  }
  await rm(folder, { recursive: true });
  console.table(rows);
  const method =
    `aed put of files with ${series} series in turn, a reading of each a second, into the Kinesis emulator, which runs in another process without functions. ` +
    'The file is read twice; seconds and readings a second are from the first event put to the last one taken, the emulator included. Processor time and peak memory are those of the command alone, over its whole life. ' +
    `Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model}, shared with other work`;
  await writeResult('put', method, rows);
}

async function timed(file: string) {
  const emulator = await startKinesis();
  const { endpoint } = emulator;
  const clients = createClients({ kinesis: endpoint, dynamoDb: endpoint, messaging: endpoint });
  const { kinesis: client } = clients;
  try {
    await client.send(new CreateStreamCommand({ StreamName: stream, ShardCount: 1 }));
    const patience = { client, maxWaitTime: 10, minDelay: 0.01, maxDelay: 0.1 };
    await waitUntilStreamExists(patience, { StreamName: stream });
    return await inChild(file, endpoint);
  } finally {
    destroyClients(clients);
    await emulator.close();
  }
}

async function inChild(file: string, endpoint: string) {
  const args = [file, stream, endpoint];
  const { out, used } = await runMeasured<{ put: number; seconds: number }>(putOnce, args);
  const { put, seconds } = out;
  return {
    seconds: Number(seconds.toFixed(1)),
    perSecond: Math.round(put / seconds),
    processorSeconds: Number(used.cpuSeconds.toFixed(1)),
    peakMegabytes: used.megabytes,
  };
}

function rowOf(draw: () => number) {
  const start = Date.parse('2026-01-01T00:00:00Z');
  return (row: number) => {
    const time = new Date(start + Math.floor(row / series) * 1000).toISOString();
    return `machine-${row % series},${time},${(20 + draw()).toFixed(4)}`;
  };
}
