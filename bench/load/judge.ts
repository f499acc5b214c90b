import type { LoadResult, LoadSample } from './run-load.ts';

/** Seconds that an ordinary pause of the machine may take. */
const graceSeconds = 3;
/** Of the length of the run, what testing may end after putting: nobody sees more from a backlog that stays. */
const graceShare = 0.05;
/** What memory may grow by besides a half. */
const graceMegabytes = 64;

/** What is wrong with the result of a load run; nothing if it held. */
export function complaints(
  result: LoadResult,
  { rate, seconds }: { rate: number; seconds: number },
): string[] {
  const { put, recorded, tested, setAside, late, expected, found, published, notified } = result;
  const { putSeconds, testedSeconds } = result;
  const backlog = course(result.samples, seconds, (sample) => sample.backlog);
  const memory = course(result.samples, seconds, (sample) => Math.round(sample.memoryMegabytes));
  return [
    ...unequal('events recorded', recorded, put),
    ...unequal('events tested', tested, put),
    ...unequal('change points found', found, expected),
    ...unequal('change points published', published, found),
    ...unequal('change points notified', notified, found),
    ...when(setAside > 0, `${setAside} records or batches were set aside`),
    ...when(late > 0, `${late} events came late`),
    ...when(
      putSeconds > seconds + graceSeconds,
      `putting took ${putSeconds.toFixed(1)} s, not ${seconds} s: the producer cannot hold the rate`,
    ),
    ...when(
      backlog.late > 1.5 * backlog.early + graceSeconds * rate,
      `the backlog grew from ${backlog.early} to ${backlog.late} events: the pipeline cannot hold the rate`,
    ),
    ...when(
      testedSeconds - putSeconds > graceSeconds + graceShare * seconds,
      `the last event was tested ${(testedSeconds - putSeconds).toFixed(1)} s after it was put: the pipeline cannot hold the rate`,
    ),
    ...when(
      memory.late > 1.5 * memory.early + graceMegabytes,
      `memory grew from ${memory.early} to ${memory.late} MB`,
    ),
  ];
}

function unequal(what: string, got: number, wanted: number): string[] {
  return when(got !== wanted, `${what}: ${got} of ${wanted}`);
}

function when(wrong: boolean, complaint: string): string[] {
  return wrong ? [complaint] : [];
}

/** The middle of the second quarter of the run, when everything is warm, and of the last one. */
function course(
  samples: readonly LoadSample[],
  seconds: number,
  figure: (sample: LoadSample) => number,
): { readonly early: number; readonly late: number } {
  const middle = (from: number, to: number) => {
    const figures = samples
      .filter(({ second }) => second > from * seconds && second <= to * seconds)
      .map(figure)
      .sort((a, b) => a - b);
    return figures[Math.floor(figures.length / 2)] ?? 0;
  };
  return { early: middle(0.25, 0.5), late: middle(0.75, 1) };
}
