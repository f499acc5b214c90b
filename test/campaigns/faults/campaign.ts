import { Agent } from 'node:http';
import fc from 'fast-check';
import { type Backend, startBackend } from '../../../local/backend.ts';
import { schedules as arbitrarySchedules } from './arbitrary-schedule.ts';
import { runSchedule } from './run-schedule.ts';
import { type FaultKind, faultKinds, type Schedule } from './schedule.ts';
import { judge } from './verdict.ts';

export interface CampaignOptions {
  readonly schedules: number;
  readonly seed: number;
  /** The path of a failed schedule: runs only that one. */
  readonly path?: string | undefined;
  /** Whether a schedule that fails is made smaller before it is printed. */
  readonly shrink: boolean;
  /** Ends the campaign after the current run. The results until then are printed. */
  readonly signal: AbortSignal;
}

/** The emulators keep all their data, so they are replaced after this many runs. */
const runsPerBackend = 200;
/** A run that takes longer hangs, even on a busy machine. */
const longestRunMs = 300_000;
/** Runs between two lines of progress. */
const runsPerNote = 250;

/** Runs the campaign and prints its results. @returns whether every schedule passed */
export async function runCampaign({
  schedules,
  seed,
  path,
  shrink,
  signal,
}: CampaignOptions): Promise<boolean> {
  const agent = new Agent({ keepAlive: true });
  let backend = await startBackend();
  const total = {
    runs: 0,
    events: 0,
    changePoints: 0,
    publishedTwice: 0,
    messages: 0,
    brokenMessages: 0,
    retracted: 0,
    unprocessed: 0,
    chunked: 0,
    instances: 0,
  };
  const happened = new Map<FaultKind, number>(faultKinds.map((kind) => [kind, 0]));
  const startedAt = Date.now();
  process.stdout.write(
    path === undefined
      ? `${schedules} schedules, seed ${seed}\n`
      : `the schedule at ${path} of seed ${seed}\n`,
  );

  async function once(schedule: Schedule): Promise<void> {
    if (signal.aborted) return;
    if (total.runs > 0 && total.runs % runsPerBackend === 0) {
      await backend.close();
      backend = await startBackend();
    }
    const { verdict, aftermath } = await runAndJudge(schedule, backend, agent, String(++total.runs));
    total.events += verdict.events;
    total.changePoints += verdict.changePoints;
    total.publishedTwice += verdict.publishedTwice;
    total.messages += verdict.messages;
    total.brokenMessages += verdict.brokenMessages;
    total.retracted += verdict.retracted;
    total.unprocessed += verdict.unprocessed;
    total.chunked += verdict.chunked;
    total.instances += aftermath.instances;
    for (const [kind, times] of aftermath.faults) happened.set(kind, (happened.get(kind) ?? 0) + times);
    if (total.runs % runsPerNote === 0) process.stdout.write(`seed ${seed}: ${total.runs} runs\n`);
    if (verdict.wrong.length > 0) throw new Error(verdict.wrong.join('\n'));
  }

  const result = await fc.check(fc.asyncProperty(arbitrarySchedules, once), {
    seed,
    numRuns: path === undefined ? schedules : 1,
    ...(path !== undefined && { path }),
    endOnFailure: path !== undefined || !shrink,
  });
  await backend.close();
  agent.destroy();
  const seconds = (Date.now() - startedAt) / 1000;
  process.stdout.write(
    `seed ${seed}: ${total.runs} runs in ${seconds.toFixed(0)} s, ${total.instances} instances: ${total.events} events, ` +
      `${total.changePoints} change points, ${total.publishedTwice} of them published more than once, ${total.retracted} retracted; ${total.chunked} series ended with chunks\n` +
      `people were told in ${total.messages} messages, ${total.brokenMessages} of them with a fault between publishing and deleting; none untold, none told twice without one\n` +
      `${total.unprocessed} batches ended since something stayed unprocessed; ` +
      `faults: ${[...happened].map(([kind, times]) => `${times} ${kind}`).join(', ')}\n`,
  );
  if (result.failed) {
    process.stdout.write(
      `run ${result.numRuns} of seed ${seed} failed; shrunk ${result.numShrinks} times, the schedule is:\n${JSON.stringify(result.counterexample?.[0])}\n` +
        `${result.errorInstance}\n` +
        `To run it again: npm run faults -- --seed ${seed} --path ${result.counterexamplePath}\n`,
    );
    return false;
  }
  if (signal.aborted) {
    process.stdout.write(`interrupted; no run has failed so far\n`);
    return false;
  }
  process.stdout.write(
    `seed ${seed}: nothing lost, nothing doubled, nothing left unpublished; in every run the table equals the core's answer, except for series with late events\n`,
  );
  return true;
}

async function runAndJudge(schedule: Schedule, backend: Backend, agent: Agent, run: string) {
  let timer: NodeJS.Timeout | undefined;
  const hung = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`a run must end within ${longestRunMs} ms, and this one did not`)),
      longestRunMs,
    );
  });
  try {
    const aftermath = await Promise.race([runSchedule(schedule, { backend, agent, run }), hung]);
    return { aftermath, verdict: await judge(schedule, aftermath, backend) };
  } finally {
    clearTimeout(timer);
  }
}
