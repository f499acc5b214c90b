/**
 * Prints what detectors hold, in bytes a point: `{ short, peak }`, of many regimes of 100 points each, and the most of one regime that grows from 5,000
 * points to 100,000, the garbage of the last 500 included. Argument: the index of the contender. Needs Node's `--expose-gc`.
 */
import { AedDetector } from '@aed/core';
import { scanContenders } from './scan-contenders.ts';

const contender = scanContenders[Number(process.argv[2])];
if (contender === undefined || gc === undefined)
  throw new Error('usage: node --expose-gc scan-memory.ts <index>');
const { options, series } = contender;
const collect = gc;
/** Bytes in use once garbage is collected. */
function bytes(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
function started(points: Float64Array): AedDetector {
  const detector = new AedDetector(options);
  for (const value of points) detector.push(value);
  return detector;
}

const long = series(100_000);
started(long.subarray(0, 2000));
collect();
const free = process.memoryUsage().arrayBuffers;
const detector = new AedDetector(options);
let peak = 0;
long.forEach((value, index) => {
  detector.push(value);
  if (index % 500 > 0) return;
  if (index >= 5000) peak = Math.max(peak, (process.memoryUsage().arrayBuffers - free) / index);
  collect();
});

const detectors = 5000;
const values = series(100);
const kept = [started(values)];
const before = bytes();
for (let count = 0; count < detectors; count++) kept.push(started(values));
const short = (bytes() - before) / detectors / values.length;
process.stdout.write(JSON.stringify({ short, peak }));
