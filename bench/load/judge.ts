import type { LoadResult, LoadSample } from './run-load.ts';

/** Seconds at the end that an ordinary pause of the machine may take. */
const graceSeconds = 3;

/** What is wrong with the result of a load run; nothing if it held. */
export function complaints(
  result: LoadResult,
  { rate, seconds }: { rate: number; seconds: number },
): string[] {
  const { put, recorded, tested, setAside, late, expected, found, published, notified, putSeconds, samples } =
    result;
  const wrong = (what: string, got: number, wanted: number) =>
    got === wanted ? [] : [`${what}: ${got} of ${wanted}`];
  const backlogs = backlogOverTime(samples, seconds);
  const growing = backlogs.late > 1.5 * backlogs.early + graceSeconds * rate;
  return [
    ...wrong('events recorded', recorded, put),
    ...wrong('events tested', tested, put),
    ...wrong('change points found', found, expected),
    ...wrong('change points published', published, found),
    ...wrong('change points notified', notified, found),
    ...(setAside > 0 ? [`${setAside} records or batches were set aside`] : []),
    ...(late > 0 ? [`${late} events came late`] : []),
    ...(putSeconds > seconds + graceSeconds
      ? [`putting took ${putSeconds.toFixed(1)} s, not ${seconds} s: the producer cannot hold the rate`]
      : []),
    ...(growing
      ? [
          `the backlog grew from ${backlogs.early} to ${backlogs.late} events: the pipeline cannot hold the rate`,
        ]
      : []),
  ];
}

/** The middle backlog of the second quarter of the run, when everything is warm, and of the last one. */
function backlogOverTime(samples: readonly LoadSample[], seconds: number): { early: number; late: number } {
  const middle = (from: number, to: number) => {
    const backlogs = samples
      .filter(({ second }) => second > from * seconds && second <= to * seconds)
      .map(({ backlog }) => backlog)
      .sort((a, b) => a - b);
    return backlogs[Math.floor(backlogs.length / 2)] ?? 0;
  };
  return { early: middle(0.25, 0.5), late: middle(0.75, 1) };
}
