/**
 * The fault campaign: whole pipelines, run by random schedules of faults, each judged against the core alone.
 *
 * Run: npm run faults -- [--schedules 500] [--seed 1] [--processes 2] [--path 3:1:0]
 * A schedule that fails is made smaller, and a command printed that runs the small one again.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { wholeNumber } from '../../../cli/arguments.ts';
import { campaignCommand } from '../campaign-command.ts';
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

await campaignCommand(
  'npm run faults --',
  'Runs whole pipelines by random schedules of faults, and compares each table with the answer of the core.',
)
  .option('--schedules <number>', 'how many', wholeNumber(1), 500)
  .option(
    '--seed <number>',
    'the same seed, and number of processes, make the same schedules',
    wholeNumber(0),
    Math.floor(Math.random() * 2 ** 30),
  )
  .option(
    '--processes <number>',
    'run side by side, each with a seed of its own',
    wholeNumber(1),
    availableParallelism(),
  )
  .option('--path <path>', 'the one schedule that a failure named')
  .addHelpText(
    'after',
    `
A schedule that fails is made smaller, and a command printed that runs the small one again. Ends with 1 then, and after
Ctrl-C, which waits for the runs under way and tells what there was until then; with 2 for a wrong command line.

Examples:
  npm run faults                               500 schedules of a fresh seed, which is printed
  npm run faults -- --schedules 10000          for an hour or so`,
  )
  .action(run)
  .parseAsync();

async function run({ schedules, seed, processes, path }: Options): Promise<void> {
  const length = Math.min(processes, schedules);
  const parts = Array.from({ length }, (_, index) => ({
    schedules: Math.floor((schedules + index) / length),
    seed: seed + index,
  }));
  const wentWell =
    parts.length === 1 || path !== undefined
      ? await runCampaign({ schedules, seed, path, signal: interrupted.signal })
      : (await Promise.all(parts.map(runPart))).every(Boolean);
  // A run that hangs would keep the process from ending.
  process.exit(wentWell ? 0 : 1);
}

/** A part of the schedules in a process of its own, with a seed of its own; where one fails, the others end. */
async function runPart({ schedules, seed }: { schedules: number; seed: number }): Promise<boolean> {
  const args = ['--processes', '1', '--schedules', String(schedules), '--seed', String(seed)];
  const part = fork(import.meta.filename, args);
  interrupted.signal.addEventListener('abort', () => part.kill());
  const [exitCode] = await once(part, 'exit');
  if (exitCode !== 0) interrupted.abort();
  return exitCode === 0;
}
