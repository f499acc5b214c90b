/**
 * The fault campaign: whole pipelines, run by random schedules of faults, each judged against the core alone.
 *
 * Run: npm run faults -- [--schedules 500] [--seed 1] [--processes 2] [--path 3:1:0]
 * A schedule that fails is made smaller, and a command printed that runs the small one again.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { runCampaign } from './campaign.ts';

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '500' },
    seed: { type: 'string' },
    path: { type: 'string' },
    processes: { type: 'string' },
  },
});
const schedules = integer('schedules', values.schedules);
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 30) : integer('seed', values.seed);
const processes =
  values.path === undefined ? integer('processes', values.processes ?? String(availableParallelism())) : 1;

const wentWell =
  processes === 1
    ? await runCampaign({ schedules, seed, path: values.path })
    : (await Promise.all(Array.from({ length: processes }, (_, index) => runPart(index)))).every(Boolean);
// A run that hangs would keep the process from ending.
process.exit(wentWell ? 0 : 1);

/** A part of the schedules in a process of its own, with a seed of its own. */
async function runPart(index: number): Promise<boolean> {
  const part = Math.floor((schedules + index) / processes);
  const args = ['--processes', '1', '--schedules', String(part), '--seed', String(seed + index)];
  const [exitCode] = await once(fork(import.meta.filename, args), 'exit');
  return exitCode === 0;
}

function integer(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`--${name} must be an integer of at least 0, got '${text}'`);
  }
  return value;
}
