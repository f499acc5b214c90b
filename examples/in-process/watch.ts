/**
 * Watches numbers on standard input, one a line, and says when their level changes.
 *
 * Run: npx tsx examples/in-process/watch.ts [--threshold 2] [--state detector.json]
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { AedDetector } from '@aed/core';
import { changes } from './changes.ts';

const { values } = parseArgs({
  options: { threshold: { type: 'string', default: '0' }, state: { type: 'string' } },
});
const detector =
  values.state !== undefined && existsSync(values.state)
    ? AedDetector.fromJSON(JSON.parse(readFileSync(values.state, 'utf8')))
    : new AedDetector({ practicalThreshold: Number(values.threshold) });

for await (const { changedAt, detectedAt, magnitude } of changes(numbers(), detector)) {
  console.log(
    `new level since reading ${changedAt}, known at ${detectedAt}: ${magnitude > 0 ? '+' : ''}${magnitude}`,
  );
}
if (values.state !== undefined) writeFileSync(values.state, JSON.stringify(detector));

/** What can be read as a number; of anything else it is said that it was left out. */
async function* numbers(): AsyncGenerator<number> {
  for await (const line of createInterface({ input: process.stdin })) {
    const number = line.trim() === '' ? Number.NaN : Number(line);
    if (Number.isFinite(number)) yield number;
    else console.error(`no number, left out: ${JSON.stringify(line)}`);
  }
}
