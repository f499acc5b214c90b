import type { ChangePoint } from '../change-point.ts';
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

/** The evidence of a regime with at least two points. */
export function currentEvidence(regime: CurrentRegime): CurrentEvidence {
  const { statistic, needed, direction } = regime.test.evidence();
  return {
    fraction: Math.min(1, statistic / needed),
    statistic,
    needed,
    candidate: direction && { changedAt: regime.indexOf(regime.test.split(direction)), direction },
  };
}
