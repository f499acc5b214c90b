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

const usage = `Usage: npx tsx examples/in-process/watch.ts [--threshold 2] [--state detector.json]

Watches numbers on standard input, one a line, and says when their level changes. Readings are counted from 0.

  --threshold  smaller changes are not told (default: 0)
  --state      a file that keeps where it stopped, and goes on from there the next time; options are those of the first time
  --help       this text`;

try {
  const { values } = parseArgs({
    options: {
      threshold: { type: 'string', default: '0' },
      state: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) console.log(usage);
  else await watch(Number(values.threshold), values.state);
} catch (error) {
  // An option, or a state, that breaks a rule: the message says which, and what it should be.
  const message = error instanceof Error ? error.message : String(error);
  console.error(`error: ${message.replaceAll('\n', ' ')}`);
  process.exitCode = 1;
}

async function watch(practicalThreshold: number, state: string | undefined): Promise<void> {
  const detector =
    state !== undefined && existsSync(state)
      ? AedDetector.fromJSON(JSON.parse(readFileSync(state, 'utf8')))
      : new AedDetector({ practicalThreshold });

  for await (const { changedAt, detectedAt, magnitude } of changes(numbers(), detector)) {
    console.log(
      `new level since reading ${changedAt}, known at ${detectedAt}: ${magnitude > 0 ? '+' : ''}${magnitude}`,
    );
  }
  if (state !== undefined) writeFileSync(state, JSON.stringify(detector));
}

/** What can be read as a number; of anything else it is said that it was left out. */
async function* numbers(): AsyncGenerator<number> {
  for await (const line of createInterface({ input: process.stdin })) {
    const number = line.trim() === '' ? Number.NaN : Number(line);
    if (Number.isFinite(number)) yield number;
    else console.error(`no number, left out: ${JSON.stringify(line)}`);
  }
}
