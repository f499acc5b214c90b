/**
 * Takes the topic down for an hour of simulated time, while half of the series change again and again. Every series must be
 * tested as if the topic were up, and the first sweep after its return must publish what waits, each change point once.
 *
 * Run: npx tsx test/campaigns/topic-outage.ts [quiet and changing series, each]
 */
import { Agent } from 'node:http';
import { wholeNumber } from '../../cli/arguments.ts';
import { startBackend } from '../../local/backend.ts';
import { campaignCommand } from './campaign-command.ts';
import type { FaultKind } from './faults/schedule.ts';
import { judgeOutage } from './outage/judge-outage.ts';
import { type OutageRun, runOutage } from './outage/run-outage.ts';

const command = campaignCommand(
  'npx tsx test/campaigns/topic-outage.ts',
  'Takes the topic down for an hour of simulated time, and compares the tests with those of a run without an outage.',
)
  .argument('[series]', 'series that stay, and as many that change', wholeNumber(1), 40)
  .parse();
const [series] = command.processedArgs as [number];
const agent = new Agent({ keepAlive: true });
const started = performance.now();

async function run(fault?: FaultKind): Promise<OutageRun> {
  const backend = await startBackend();
  try {
    const size = { quiet: series, changing: series, everyMinutes: 1 };
    return await runOutage({ ...size, ...(fault && { fault }) }, backend, agent);
  } finally {
    await backend.close();
  }
}

const [up, down] = [await run(), await run('refused')];
const wrong = judgeOutage(up, down);
const tested = down.batches.reduce((sum, batch) => sum + Number(batch.tested), 0);
process.stdout.write(
  `${2 * series} series, an hour without the topic: ${tested} events tested, ${down.found.length} change points, ` +
    `${down.published.length} published; ${down.tries} calls to the topic while it was down; ` +
    `${down.waited} change points waited, ${down.stillWaiting} after one sweep\n`,
);
for (const one of wrong) process.stdout.write(`${one}\n`);
if (wrong.length > 0) process.exitCode = 1;
agent.destroy();
const seconds = (performance.now() - started) / 1000;
process.stdout.write(`${wrong.length === 0 ? 'as if it had been up' : 'failed'}, ${seconds.toFixed(0)} s\n`);
