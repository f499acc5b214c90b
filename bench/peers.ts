/**
 * Times other detectors beside the MPP test and the scan, on one series, in one run.
 *
 * Installs packages of PyPI into a temporary folder, with Python 3.10+; times R's cpm where Rscript finds it (`R_LIBS` says where it looks). What cannot
 * be installed or found is reported as missing.
 *
 * Run: npx tsx bench/peers.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contender, contendersIn, pythonPackages, type Timing } from './peers/contenders.ts';
import { scriptArguments } from './script-arguments.ts';
import { quiet, quietSeed } from './speed/series.ts';
import { writeResult } from './statistics/write-result.ts';

scriptArguments(import.meta.url);

const method =
  'The first points of one series of independent standard normal values, without a change, for every detector with its default options unless the row says otherwise; cpm and the scan with one false alarm in 50,000 points. Microseconds of processor time a point: the least of five rounds, in each of which every detector has its turn. Starting a process and loading packages do not count. Those of Python are warmed up by a hundred points, that of R is not.';
const rounds = 5;

function install(folder: string): void {
  execFileSync('python3', ['-m', 'venv', join(folder, 'venv')]);
  for (const name of pythonPackages) {
    // One folder for each, since they need different versions of numpy.
    const target = join(folder, name);
    try {
      execFileSync(join(folder, 'venv', 'bin', 'pip'), ['install', '--quiet', '--target', target, name], {
        stdio: 'pipe',
      });
    } catch {
      rmSync(target, { recursive: true, force: true });
    }
  }
}

const folder = mkdtempSync(join(tmpdir(), 'aed-peers-'));
try {
  install(folder);
  const contenders = contendersIn(folder);
  const seriesOf = ({ points }: Contender) => quiet(points, quietSeed);
  const fileOf = ({ points }: Contender) => join(folder, `${points}.f64`);
  for (const contender of contenders)
    writeFileSync(fileOf(contender), new Uint8Array(seriesOf(contender).buffer));
  const timings = Array.from({ length: rounds }, () =>
    contenders.map((contender) => contender.run(seriesOf(contender), fileOf(contender))),
  );
  const rows = contenders.map(({ name, how, points }, index) => {
    const own = timings.flatMap((round) => round[index] ?? []);
    return { name, how, points, ...summaryOf(own, points) };
  });
  console.table(rows);
  await writeResult('peers', method, rows);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The version and the cost of a contender, or why it was not measured. */
function summaryOf(timings: readonly Timing[], points: number) {
  const times = timings.flatMap((timing) => ('seconds' in timing ? timing.seconds : []));
  const [first] = timings;
  if (first === undefined || 'missing' in first) return { version: '', microseconds: first?.missing ?? '' };
  const microseconds = Number(((1e6 * Math.min(...times)) / points).toPrecision(3));
  return { version: first.version, microseconds };
}
