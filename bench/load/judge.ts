import type { LoadResult, LoadSample } from './load-result.ts';

/** The longest pause of the machine that is still ordinary. */
const graceSeconds = 3;
/** Testing may end this much after putting, as a share of the run: a backlog may be constant, but not grow. */
const graceShare = 0.05;
/** Memory may grow by half and by this much more. */
const graceMegabytes = 64;

/** The complaints about the result of a load run; empty if the pipeline kept up and every count agrees. */
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
    ...when(setAside > 0, `records and batches set aside: ${setAside}, expected 0`),
    ...when(late > 0, `late events: ${late}, expected 0`),
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

/** The median over the second quarter of the run, when everything is warm, and over the last quarter. */
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
