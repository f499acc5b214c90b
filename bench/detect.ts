/**
 * Measures how fast `aed detect` reads a file of 5,000,000 rows, and how much memory it needs.
 *
 * Method: the file has a time and a value in each row. The values are standard normal noise around a level that moves by three
 * standard deviations every 2,000 rows. The practical threshold is one standard deviation. The command runs in a process of its
 * own, once on the first half of the file and once on all of it. Rows a second are over the whole life of the process; the
 * processor time beside them is less disturbed by other work on the machine. Memory is the peak of the process. It is constant
 * if both files need about the same.
 *
 * Run: npx tsx bench/detect.ts
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { processContext } from '../cli/context.ts';
import { write } from '../cli/output.ts';
import { normal } from '../cli/produce/random.ts';
import { run } from '../cli/run.ts';

const rows = 5_000_000;
const every = 2_000;
const [asChild] = process.argv.slice(2);

if (asChild === undefined) await measure();
else await detect(asChild);

/** Runs the command, then prints its resource usage to standard error, as JSON. */
async function detect(file: string): Promise<void> {
  process.exitCode = await run(['detect', file, '-p', '1', '--json'], processContext());
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const used = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: Math.round(maxRSS / 1024) };
  process.stderr.write(JSON.stringify(used));
}

async function measure(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'aed-bench-'));
  const results = [];
  for (const count of [rows / 2, rows]) {
    const file = join(folder, `${count}.csv`);
    await writeRows(file, count);
    results.push({ rows: count, ...(await timed(file, count)) });
  }
  await rm(folder, { recursive: true });
  process.stdout.write(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`);
  console.table(results);
}

async function timed(file: string, count: number) {
  const begunAt = performance.now();
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), file]);
  let [out, error] = ['', ''];
  child.stdout.on('data', (piece: Buffer) => {
    out += piece;
  });
  child.stderr.on('data', (piece: Buffer) => {
    error += piece;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(error);
  const seconds = (performance.now() - begunAt) / 1000;
  const { cpuSeconds, megabytes } = JSON.parse(error);
  const { found } = JSON.parse(out.trimEnd().split('\n').at(-1) ?? '');
  return {
    s: seconds.toFixed(1),
    'rows/s': Math.round(count / seconds),
    'change points': found,
    'processor time, s': cpuSeconds.toFixed(1),
    'peak memory, MB': megabytes,
  };
}

async function writeRows(path: string, count: number): Promise<void> {
  const file = createWriteStream(path);
  const draw = normal(1);
  const start = Date.parse('2026-01-01T00:00:00Z');
  let piece = 'timestamp,value\n';
  for (let row = 0; row < count; row++) {
    const value = 20 + 3 * (Math.floor(row / every) % 2) + draw();
    piece += `${start + row * 1000},${value.toFixed(4)}\n`;
    if (piece.length < 65_536) continue;
    await write(file, piece);
    piece = '';
  }
  await write(file, piece);
  file.end();
  await once(file, 'close');
}
