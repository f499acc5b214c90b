/**
 * Sends many series through the pipeline on this machine at a steady rate, for minutes. It measures memory, backlog and latency.
 *
 * SDK clients call the emulators over HTTP. The emulators and the producer have processes of their own. The emulators keep all data in
 * memory, so their memory grows with the events. The memory of the functions must not grow.
 * Run: npm run load -- --series 1000 --rate 2000 --minutes 5
 */
import { Command, InvalidArgumentError } from 'commander';
import { deploymentLimits } from '../lib/deployment-limits.ts';
import { complaints } from './load/judge.ts';
import { describeLoad } from './load/print-load.ts';
import { runLoad } from './load/run-load.ts';

interface Options {
  readonly series: number;
  readonly rate: number;
  readonly minutes: number;
  readonly window: number;
  readonly recorders: number;
  readonly json: boolean;
}

/** 128 + 2: what shells report of a process that SIGINT ended. */
const interruptedExitCode = 130;

const interrupt = new AbortController();
process.on('SIGINT', () => {
  if (interrupt.signal.aborted) process.exit(interruptedExitCode);
  interrupt.abort(new Error('interrupted'));
});

await new Command('npm run load --')
  .description(
    'Sends many series through the pipeline on this machine at a steady rate, and measures memory, backlog and latency.',
  )
  .option('--series <number>', 'number of series', number(1, 100_000, true), 1000)
  .option('--rate <number>', 'events a second, over all series', number(1, 100_000, true), 2000)
  .option('--minutes <number>', 'duration of the run', number(0.01, 600, false), 5)
  .option(
    '--window <seconds>',
    "how long the detector's mapping waits for a fuller batch",
    number(0, 300, true),
    deploymentLimits.detector.mapping.batchWindowSeconds,
  )
  .option('--recorders <number>', 'concurrent batches of the recorder', number(1, 10, true), 4)
  .option('--json', 'print one JSON object: all results, and a sample of each second', false)
  .addHelpText(
    'after',
    `
Exits with 1 if the counts differ (events put, recorded, tested; change points expected, found, published, notified) or if
the pipeline cannot keep up with the rate: the producer falls behind, or the backlog or the memory grows.`,
  )
  .showHelpAfterError('(see npm run load -- --help)')
  .action(run)
  .parseAsync();

function number(least: number, most: number, whole: boolean): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
    const kind = whole ? 'a whole number' : 'a number';
    throw new InvalidArgumentError(`It must be ${kind} from ${least} to ${most}, got ${text}.`);
  };
}

async function run({ series, rate, minutes, window, recorders, json }: Options): Promise<void> {
  const seconds = 60 * minutes;
  const { signal } = interrupt;
  const setting = { series, rate, windowSeconds: window, recordersAtOnce: recorders };
  const options = { ...setting, seconds, signal };
  try {
    const result = await runLoad({
      ...options,
      onSample({ second, put, backlog }) {
        if (process.stderr.isTTY) process.stderr.write(`\r${second} s, ${put} put, backlog ${backlog}   `);
      },
    });
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    const wrong = complaints(result, options);
    const { lastError, ...figures } = result;
    process.stdout.write(
      json
        ? `${JSON.stringify({ ...setting, minutes, ...figures, complaints: wrong })}\n`
        : `${describeLoad(result, options)}\n`,
    );
    if (wrong.length === 0) return;
    process.exitCode = 1;
    for (const complaint of wrong) process.stderr.write(`error: ${complaint}\n`);
    if (lastError !== undefined) process.stderr.write(`last error of a function: ${lastError}\n`);
  } catch (error) {
    if (signal.aborted) {
      process.stderr.write('interrupted\n');
      process.exitCode = interruptedExitCode;
      return;
    }
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
