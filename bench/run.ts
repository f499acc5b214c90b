/**
 * Measures the cost of a point: the shipped detector beside the recursion, in one run on one thread.
 *
 * Method: both process the same series, standard normal noise without a change, with default options. A time is the least of
 * several runs in one process. Up to 10,000 points the recursion runs in full. For longer series it is timed at 50 points, spread
 * along the series, and averaged. Memory is the peak growth of a process of its own, garbage included.
 *
 * Run: npm run bench
 */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { AedDetector, detectChangePoints } from '@aed/core';
import { scriptArguments } from './script-arguments.ts';
import { microsecondsAPoint, recursionMicroseconds } from './speed/measure.ts';
import { changing, quiet, quietSeed } from './speed/series.ts';

scriptArguments(import.meta.url);

const memoryScript = fileURLToPath(new URL('speed/memory.ts', import.meta.url));

function peakMegabytes(points: number, threshold: number): string {
  const bytes = execFileSync(
    process.execPath,
    ['--import', 'tsx', memoryScript, `${points}`, `${threshold}`],
    {
      encoding: 'utf8',
    },
  );
  return (Number(bytes) / 1e6).toFixed(1);
}

function quietRow(points: number, practicalThreshold: number) {
  const series = quiet(points, quietSeed);
  const found = detectChangePoints(series, { practicalThreshold });
  if (found.length > 0)
    throw new Error(`the quiet series has ${found.length} false alarms: choose another seed`);
  const recursion = recursionMicroseconds(series, practicalThreshold);
  const shipped = microsecondsAPoint(points, Math.max(3, Math.ceil(200_000 / points)), () =>
    detectChangePoints(series, { practicalThreshold }),
  );
  return {
    points,
    'δ, sd': practicalThreshold,
    'recursion, µs a point': recursion.toFixed(2),
    'shipped, µs a point': shipped.toFixed(2),
    ratio: Math.round((10 * recursion) / shipped) / 10,
    'peak memory, MB': peakMegabytes(points, practicalThreshold),
  };
}

function changingRow(every: number) {
  const points = 100_000;
  const series = changing(points, every, quietSeed);
  const changePoints = detectChangePoints(series).length;
  const shipped = microsecondsAPoint(points, 4, () => detectChangePoints(series));
  return { 'a change every': every, points, 'change points': changePoints, 'µs a point': shipped.toFixed(2) };
}

/** Milliseconds from the first point of the new level to the detection. */
function lateChangeRow(practicalThreshold: number) {
  const quietPoints = 1_000_000;
  const detector = new AedDetector({ practicalThreshold });
  for (const value of quiet(quietPoints, quietSeed)) detector.push(value);
  const start = performance.now();
  for (const value of quiet(10_000, 2)) {
    const found = detector.push(value + 4);
    if (found === undefined) continue;
    const milliseconds = performance.now() - start;
    const { changedAt, detectedAt, magnitude } = found;
    return {
      quietPoints,
      'δ, sd': practicalThreshold,
      changedAt,
      detectedAt,
      magnitude,
      ms: Math.round(milliseconds),
    };
  }
  throw new Error('the change after a million quiet points was not found');
}

process.stdout.write(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, ${new Date().toISOString().slice(0, 10)}\n`,
);
process.stdout.write('\nA quiet series, recursion beyond 10,000 points sampled:\n');
console.table(
  [100, 1000, 10_000, 100_000, 1_000_000].flatMap((points) => [0, 1].map((delta) => quietRow(points, delta))),
);
process.stdout.write('\ndetectChangePoints on a series that moves by 3 sd:\n');
console.table([200, 2000, 20_000].map(changingRow));
process.stdout.write(
  '\nA change by 4 sd after a million quiet points, from its first point to the answer:\n',
);
console.table([0, 1].map(lateChangeRow));
