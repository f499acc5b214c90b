/**
 * The fault campaign: whole pipelines, run by random schedules of faults, each judged against the core alone.
 *
 * Run: npm run faults -- [--schedules 500] [--seed 1] [--path 3:1:0]
 * A schedule that fails is made smaller, and a command printed that runs the small one again.
 */
import { parseArgs } from 'node:util';
import { runCampaign } from './campaign.ts';

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '500' },
    seed: { type: 'string' },
    path: { type: 'string' },
  },
});
const schedules = integer('schedules', values.schedules);
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : integer('seed', values.seed);
process.exitCode = (await runCampaign({ schedules, seed, path: values.path })) ? 0 : 1;

function integer(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`--${name} must be an integer, got '${text}'`);
  return value;
}
