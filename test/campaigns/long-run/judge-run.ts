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

/** What is wrong with a run; empty if nothing is. Growth is not judged if it was killed: then no process lived long. */
export function judgeRun(
  run: LongRun,
  total: number,
  minutes: number,
  bounds: MemoryBounds,
): readonly string[] {
  const { curve, kills, put, stored, setAside, givenUp, expected, found, unpublished, untold } = run;
  const unreadable = unreadableAmong(total);
  const inService = new Set(found);
  const growth = curve.growth(bounds.warmUp, minutes);
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
      kills === 0 && !(growth <= bounds.mostGrowth),
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
