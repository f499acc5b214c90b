import type { LongRun } from './run-long.ts';
import { unreadableAmong } from './unreadable.ts';

/** What memory may do. */
export interface MemoryBounds {
  /** It may grow for so many minutes, */
  readonly warmUp: number;
  /** by this share afterwards, */
  readonly mostGrowth: number;
  /** and never be more than so many megabytes. */
  readonly most: number;
}

/** A process that continues a folder has grown to its usual size after so many seconds, whatever the folder holds. */
const settledAfter = 60;

/** By what share memory grew after the warm-up: of a service that was killed now and then, that of processes of some age. NaN if it is not known. */
export function growthOf({ curve, kills }: LongRun, warmUp: number, minutes: number): number {
  return curve.growth(warmUp, minutes, kills > 0 ? settledAfter : 0);
}

/** What is wrong with a run; empty if nothing is. A service that is killed too often to be of some age has no growth. */
export function judgeRun(
  run: LongRun,
  total: number,
  minutes: number,
  bounds: MemoryBounds,
): readonly string[] {
  const { curve, kills, put, stored, setAside, givenUp, expected, found, unpublished, untold } = run;
  const unreadable = unreadableAmong(total);
  const inService = new Set(found);
  const growth = growthOf(run, bounds.warmUp, minutes);
  const missing = expected.filter((one) => !inService.has(one)).length;
  const checks: readonly (readonly [wrong: boolean, complaint: string])[] = [
    [put !== total + unreadable, `${put} of ${total + unreadable} records were put`],
    [stored !== total, `${stored} of ${total} events are stored`],
    [setAside !== unreadable, `${setAside} of ${unreadable} unreadable records are in the quarantine`],
    [givenUp > 0, `${givenUp} batches were given up`],
    [missing > 0, `${missing} of ${expected.length} change points are missing`],
    [found.length !== expected.length, `${found.length} change points, expected ${expected.length}`],
    [unpublished > 0, `${unpublished} change points are not published`],
    [untold > 0, `${untold} change points were not told`],
    [
      growth > bounds.mostGrowth || (kills === 0 && Number.isNaN(growth)),
      `memory grew by ${percent(growth)} after ${bounds.warmUp} minutes, at most ${percent(bounds.mostGrowth)} is allowed`,
    ],
    [
      curve.most > bounds.most,
      `memory reached ${curve.most.toFixed(0)} MB, at most ${bounds.most} is allowed`,
    ],
  ];
  return checks.filter(([wrong]) => wrong).map(([, complaint]) => complaint);
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
