import { placeOfChange } from '../answer/describe-change.ts';
import type { ChangePoint, Direction } from '../change-point.ts';
import type { ResolvedOptions } from '../options.ts';
import type { CurrentRegime } from './regime.ts';

/** How far the newest test is from a change point. */
export interface CurrentEvidence {
  /** Which part of the needed statistic is reached: 0 to 1. */
  readonly fraction: number;
  /** The statistic of the test. */
  readonly statistic: number;
  /** What it must exceed for a change point. */
  readonly needed: number;
  /** What the change point would say, if the test were significant; `undefined` if there is no evidence at all. */
  readonly candidate: Pick<ChangePoint, 'changedAt' | 'direction'> | undefined;
}

/** The evidence of a regime with at least two points. Cost: O(n log n). */
export function currentEvidence(regime: CurrentRegime, options: ResolvedOptions): CurrentEvidence {
  const { statistic, needed, direction } = regime.test.evidence();
  return {
    fraction: Math.min(1, statistic / needed),
    statistic,
    needed,
    candidate: direction && { changedAt: changedAt(regime, direction, options), direction },
  };
}

function changedAt(regime: CurrentRegime, direction: Direction, options: ResolvedOptions): number {
  const { test } = regime;
  const { split } = placeOfChange(test.values, test.split(direction), direction, options, test.phases);
  return regime.indexOf(split);
}
