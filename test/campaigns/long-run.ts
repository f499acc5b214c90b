/**
 * Puts events into `aed local --data` at a steady rate for a long time, with its page open, and prints how much memory it takes.
 * With --kill-every it is killed at random moments and started again: no event and no record that was set aside may be lost,
 * and no change point missed or doubled.
 *
 * Run: npx tsx test/campaigns/long-run.ts [minutes] --kill-every 60 --seed 1
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { positiveNumber, wholeNumber } from '../../cli/arguments.ts';
import { campaignCommand } from './campaign-command.ts';
import { growthOf, judgeRun, type MemoryBounds, percent } from './long-run/judge-run.ts';
import { type LongRunOptions, runLong } from './long-run/run-long.ts';

const command = campaignCommand(
  'npx tsx test/campaigns/long-run.ts',
  'Puts events into `aed local --data` for a long time, with its page open, and prints its memory. Needs Linux.',
)
  .argument('[minutes]', 'how long', positiveNumber, 30)
  .option('--rate <number>', 'events a second, over all series', positiveNumber, 500)
  .option('--series <number>', 'number of series', wholeNumber(1), 200)
  .option('--kill-every <seconds>', 'mean time between two kills; 0 for none', wholeNumber(0), 0)
  .option('--seed <number>', 'seed of the events and of the moments of the kills', wholeNumber(0), 1)
  .option('--warm-up <minutes>', 'memory may grow so long', positiveNumber, 5)
  .option('--most-growth <share>', 'and by so much afterwards', positiveNumber, 0.1)
  .option('--most <megabytes>', 'memory may never be more', positiveNumber, 400)
  .parse();
const [minutes] = command.processedArgs as [number];
type Options = MemoryBounds & Pick<LongRunOptions, 'rate' | 'series' | 'killEvery' | 'seed'>;
const { warmUp, mostGrowth, most, ...options } = command.opts<Options>();

const folder = await mkdtemp(join(tmpdir(), 'aed-long-run-'));
process.env.XDG_RUNTIME_DIR = folder;
const say = (line: string) => process.stdout.write(`${line}\n`);
try {
  const run = await runLong({
    ...options,
    minutes,
    folder,
    onMinute(minute, curve, put, kills) {
      const { least, median, most } = curve.take();
      say(`minute ${minute}: ${median} MB (${least} to ${most}), ${put} records put, killed ${kills} times`);
    },
  });
  const { curve, kills, stored, setAside, expected, found, repeated } = run;
  const total = Math.ceil((minutes * 60 * options.rate) / options.series) * options.series;
  const growth = growthOf(run, warmUp, minutes);
  const grown = Number.isNaN(growth) ? '' : `, ${percent(growth)} more after ${warmUp} minutes`;
  say(
    `${minutes} minutes at ${options.rate} events a second of ${options.series} series, killed ${kills} times (seed ${options.seed}): ` +
      `at most ${curve.most.toFixed(0)} MB${grown}; ${stored} of ${total} events stored, ${setAside} records set aside, ` +
      `${found.length} of ${expected.length} change points, ${repeated} told twice`,
  );
  const wrong = judgeRun(run, total, minutes, { warmUp, mostGrowth, most });
  for (const one of wrong) say(`error: ${one}`);
  if (wrong.length > 0) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true });
}
