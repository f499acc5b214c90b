/**
 * The fault campaign: runs whole pipelines under random schedules of faults, compares each with the answer of the core, and looks at what people were told.
 *
 * Run: npm run faults -- [--schedules 500] [--seed 1] [--processes 2] [--path 3:1:0]
 * A schedule that fails is shrunk. The campaign prints it, and the command that runs it again.
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
  readonly shrink: boolean;
}

/** Aborts on Ctrl-C, and when the parent process has gone. */
const interrupted = new AbortController();
for (const end of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.on(end, () => interrupted.abort());

await campaignCommand(
  'npm run faults --',
  'Runs whole pipelines under random schedules of faults, and compares each table with the answer of the core.',
)
  .option('--schedules <number>', 'number of schedules', wholeNumber(1), 500)
  .option(
    '--seed <number>',
    'the same seed and number of processes give the same schedules',
    wholeNumber(0),
    Math.floor(Math.random() * 2 ** 30),
  )
  .option(
    '--processes <number>',
    'number of processes, each with a seed of its own',
    wholeNumber(1),
    availableParallelism(),
  )
  .option('--path <path>', 'run only the schedule with this path, which a failure printed')
  .option('--no-shrink', 'print the first schedule that fails as it is, at once')
  .addHelpText(
    'after',
    `
A schedule that fails is shrunk. The campaign prints it, and the command that runs it again. Ctrl-C waits for the current
runs and prints the results so far.

Exit codes: 0 every schedule passed, 1 a schedule failed or Ctrl-C, 2 wrong command line.

Examples:
  npm run faults                               500 schedules with a random seed, which is printed
  npm run faults -- --schedules 10000          takes one to two hours on two cores`,
  )
  .action(run)
  .parseAsync();

async function run({ schedules, seed, processes, path, shrink }: Options): Promise<void> {
  const length = Math.min(processes, schedules);
  const parts = Array.from({ length }, (_, index) => ({
    schedules: Math.floor((schedules + index) / length),
    seed: seed + index,
    shrink,
  }));
  const wentWell =
    parts.length === 1 || path !== undefined
      ? await runCampaign({ schedules, seed, path, shrink, signal: interrupted.signal })
      : (await Promise.all(parts.map(runPart))).every(Boolean);
  // A run that hangs would keep the process from ending.
  process.exit(wentWell ? 0 : 1);
}

/** Runs a part of the schedules in a process of its own, with a seed of its own. If one part fails, the others end. */
async function runPart({
  schedules,
  seed,
  shrink,
}: Pick<Options, 'schedules' | 'seed' | 'shrink'>): Promise<boolean> {
  const args = ['--processes', '1', '--schedules', String(schedules), '--seed', String(seed)];
  if (!shrink) args.push('--no-shrink');
  const part = fork(import.meta.filename, args);
  interrupted.signal.addEventListener('abort', () => part.kill());
  const [exitCode] = await once(part, 'exit');
  if (exitCode !== 0) interrupted.abort();
  return exitCode === 0;
}
