/**
 * Measures what a point of the scan costs beside one of the MPP test: time, memory, and the time to restore a state.
 *
 * Run: npx tsx bench/scan-speed.ts [share of the rounds, default 1]
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AedDetector, detectChangePoints } from '@aed/core';
import { positive, scriptArguments } from './script-arguments.ts';
import { leastMilliseconds } from './speed/processor-time.ts';
import { type ScanContender, scanContenders } from './speed/scan-contenders.ts';
import { writeResult } from './statistics/write-result.ts';

const method =
  'Quiet series, without a change and without a false alarm: independent normal values unless the row says otherwise; the scan with one false alarm in 10,000,000 points. Microseconds of processor time a point of a whole series of so many points. Restoring: milliseconds of processor time from bytes to a detector with 10,000 points. Times are the least of several rounds, in each of which every row has its turn, in one process. Bytes a point: of 5,000 regimes of 100 points each; and the most of one regime that grows from 5,000 to 100,000 points, its lists alone, those included that were given up within the last 500 points.';
const memoryScript = fileURLToPath(new URL('speed/scan-memory.ts', import.meta.url));
const { share } = scriptArguments(import.meta.url, { share: positive(1) });
const roundsOf = (rounds: number) => Math.max(2, Math.round(share * rounds));

function microsecondsAPoint(points: number, rounds: number): number[] {
  const works = scanContenders.map(({ name, options, series }) => {
    const values = series(points);
    return () => {
      if (detectChangePoints(values, options).length > 0) throw new Error(`${name}: choose another seed`);
    };
  });
  return leastMilliseconds(roundsOf(rounds), works).map((milliseconds) => (1000 * milliseconds) / points);
}

function restoreMilliseconds(): number[] {
  const states = scanContenders.map(({ options, series }) => {
    const detector = new AedDetector(options);
    for (const value of series(10_000)) detector.push(value);
    return detector.toBytes();
  });
  return leastMilliseconds(
    roundsOf(40),
    states.map((state) => () => void AedDetector.fromBytes(state)),
  );
}

function bytesAPoint(_: ScanContender, index: number): { readonly short: number; readonly peak: number } {
  const flags = ['--expose-gc', '--import', 'tsx', memoryScript, String(index)];
  return JSON.parse(execFileSync(process.execPath, flags, { encoding: 'utf8' }));
}

const [thousand, tenThousand, hundredThousand, restored] = [
  microsecondsAPoint(1000, 200),
  microsecondsAPoint(10_000, 20),
  microsecondsAPoint(100_000, 5),
  restoreMilliseconds(),
];
const rounded = (value = Number.NaN, digits = 2) => Number(value.toFixed(digits));
const rows = scanContenders.map((contender, index) => {
  const { short, peak } = bytesAPoint(contender, index);
  return {
    name: contender.name,
    thousand: rounded(thousand[index]),
    tenThousand: rounded(tenThousand[index]),
    hundredThousand: rounded(hundredThousand[index]),
    restore: rounded(restored[index], 1),
    short: rounded(short, 0),
    peak: rounded(peak, 0),
  };
});
console.table(rows);
await writeResult('scan-speed', method, rows);
