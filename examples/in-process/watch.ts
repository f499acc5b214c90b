/**
 * Reads numbers from standard input, one a line, and prints each change of their level.
 *
 * Run: npx tsx examples/in-process/watch.ts [--threshold 2] [--state detector.json]
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { AedDetector } from '@aed/core';
import { changes } from './changes.ts';

const usage = `Usage: npx tsx examples/in-process/watch.ts [--threshold 2] [--state detector.json]

Reads numbers from standard input, one a line, and prints each change of their level. Readings are counted from 0.

  --threshold  smaller changes are not reported (default: 0)
  --state      a file for the state, from which the next run continues, with the threshold of the first run
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
  // An option or the state breaks a rule. The message names it, the rule and the value.
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

/** The lines that are numbers. Any other line is reported on standard error and skipped. */
async function* numbers(): AsyncGenerator<number> {
  for await (const line of createInterface({ input: process.stdin })) {
    const number = line.trim() === '' ? Number.NaN : Number(line);
    if (Number.isFinite(number)) yield number;
    else console.error(`not a number, skipped: ${JSON.stringify(line)}`);
  }
}
