/**
 * The fault campaign: whole pipelines, run by random schedules of faults, each judged against the core alone.
 *
 * Run: npm run faults -- [--schedules 500] [--seed 1] [--processes 2] [--path 3:1:0]
 * A schedule that fails is made smaller, and a command printed that runs the small one again.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { runCampaign } from './campaign.ts';

interface Options {
  readonly schedules: number;
  readonly seed: number;
  readonly processes: number;
  readonly path?: string;
}

/** By Ctrl-C, or since the process that this one is a part of has gone. */
const interrupted = new AbortController();
for (const end of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.on(end, () => interrupted.abort());

await new Command('npm run faults --')
  .description(
    'Runs whole pipelines by random schedules of faults, and compares each table with the answer of the core.',
  )
  .option('--schedules <number>', 'how many', integer, 500)
  .option(
    '--seed <number>',
    'the same seed makes the same schedules',
    integer,
    Math.floor(Math.random() * 2 ** 30),
  )
  .option(
    '--processes <number>',
    'run side by side, each with seeds of its own',
    integer,
    availableParallelism(),
  )
  .option('--path <path>', 'the one schedule that a failure named')
  .addHelpText(
    'after',
    `
A schedule that fails is made smaller, and a command printed that runs the small one again. Ends with 1 then, and after
Ctrl-C, which waits for the runs under way and tells what there was until then.

Examples:
  npm run faults                               500 schedules of a fresh seed, which is printed
  npm run faults -- --schedules 10000          for an hour or so`,
  )
  .showHelpAfterError('(see npm run faults -- --help)')
  .action(run)
  .parseAsync();

async function run({ schedules, seed, processes, path }: Options): Promise<void> {
  const wentWell =
    processes === 1 || path !== undefined
      ? await runCampaign({ schedules, seed, path, signal: interrupted.signal })
      : (
          await Promise.all(
            Array.from({ length: processes }, (_, index) =>
              runPart(Math.floor((schedules + index) / processes), seed + index),
            ),
          )
        ).every(Boolean);
  // A run that hangs would keep the process from ending.
  process.exit(wentWell ? 0 : 1);
}

/** A part of the schedules in a process of its own, with a seed of its own. */
async function runPart(schedules: number, seed: number): Promise<boolean> {
  const args = ['--processes', '1', '--schedules', String(schedules), '--seed', String(seed)];
  const part = fork(import.meta.filename, args);
  interrupted.signal.addEventListener('abort', () => part.kill());
  const [exitCode] = await once(part, 'exit');
  return exitCode === 0;
}

function integer(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError(`It must be a whole number of at least 0, got '${text}'.`);
}
