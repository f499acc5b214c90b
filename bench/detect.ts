/**
 * Measures how fast `aed detect` reads a file of 5,000,000 rows, and how much memory it needs; beside another revision, if one is given.
 *
 * Method: one file has a time and a value in each row, another one values alone. The values are standard normal noise around a level that moves by
 * three standard deviations every 2,000 rows. The practical threshold is one standard deviation. The command runs in a process of its
 * own, on the first half of each file and on all of it. Rows a second are over the whole life of the process; the
 * processor time beside them is less disturbed by other work on the machine. Memory is the peak of the process. It is constant
 * if both files need about the same. With a revision, both run in turn (old, new, new, old), and each has the least of its processor times and the
 * median of its peaks, with the least and the most: when memory is collected varies from run to run.
 *
 * Run: npx tsx bench/detect.ts [rows, even, default 5000000] [revision] [runs of each revision, even, default 2]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { medianOfValues } from '../cli/median.ts';
import { normal } from '../cli/produce/random.ts';
import { runMeasured, type Used } from './measured-child.ts';
import { sourcesOfRevision } from './revision.ts';
import { multipleOf, scriptArguments, text } from './script-arguments.ts';
import { writeRows } from './write-rows.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const every = 2_000;
const { rows, revision, runsOfEach } = scriptArguments(import.meta.url, {
  rows: multipleOf(2, 5_000_000),
  revision: text(),
  runsOfEach: multipleOf(2, 2),
});
const detectOnce = fileURLToPath(new URL('speed/detect-once.ts', import.meta.url));

await measure();

async function measure(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'aed-bench-'));
  const old = revision === undefined ? undefined : sourcesOfRevision(revision);
  const results = [];
  for (const timed of [true, false]) {
    for (const size of [rows / 2, rows]) {
      const file = join(folder, 'readings.csv');
      await writeRows(file, timed ? 'timestamp,value' : 'value', size, rowOf(normal(1), timed));
      const about = { file: timed ? 'times and values' : 'values alone', rows: size };
      results.push({
        ...about,
        ...(old === undefined ? await alone(file, size) : await beside(old, file)),
      });
    }
  }
  await rm(folder, { recursive: true });
  const load = loadavg()[0]?.toFixed(1);
  process.stdout.write(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${load}\n`);
  console.table(results);
}

async function alone(file: string, size: number) {
  const { seconds, found, cpuSeconds, megabytes } = await runOnce(root, file);
  return {
    s: seconds.toFixed(1),
    'rows/s': Math.round(size / seconds),
    'change points': found,
    'processor time, s': cpuSeconds.toFixed(1),
    'peak memory, MB': megabytes,
  };
}

async function beside(old: string, file: string) {
  const before: Used[] = [];
  const after: Used[] = [];
  for (let runs = 0; runs < runsOfEach; runs += 2) {
    before.push(await runOnce(old, file));
    after.push(await runOnce(root, file), await runOnce(root, file));
    before.push(await runOnce(old, file));
  }
  const [cpuBefore, cpuAfter] = [leastCpu(before), leastCpu(after)];
  return {
    'old, s of processor time': cpuBefore.toFixed(1),
    'new, s': cpuAfter.toFixed(1),
    'new : old': (cpuAfter / cpuBefore).toFixed(3),
    'old, MB': peaks(before),
    'new, MB': peaks(after),
  };
}

function leastCpu(runs: readonly Used[]): number {
  return Math.min(...runs.map(({ cpuSeconds }) => cpuSeconds));
}

function peaks(runs: readonly Used[]): string {
  const megabytes = runs.map((run) => run.megabytes);
  return `${medianOfValues(megabytes)} (${Math.min(...megabytes)} to ${Math.max(...megabytes)})`;
}

async function runOnce(sources: string, file: string) {
  const begunAt = performance.now();
  // The paths of a revision are those of its own configuration.
  const { out, used } = await runMeasured<{ found: number }>(detectOnce, [sources, file], sources);
  return { seconds: (performance.now() - begunAt) / 1000, found: out.found, ...used };
}

function rowOf(draw: () => number, timed: boolean) {
  const start = Date.parse('2026-01-01T00:00:00Z');
  return (row: number) => {
    const value = (20 + 3 * (Math.floor(row / every) % 2) + draw()).toFixed(4);
    return timed ? `${start + row * 1000},${value}` : value;
  };
}
