import { type DetectorOptions, pValueAt, resolveOptions } from '@aed/core';
import { describeChange } from '../../core/src/answer/describe-change.ts';
import { MppRecursion } from '../../core/src/mpp-recursion.ts';

/** Tests a series by the recursion alone: every statistic of every point. A change is described; then the regime begins anew. */
export function testInFull(values: readonly number[], options: DetectorOptions): void {
  const resolved = resolveOptions(options);
  const { practicalThreshold, startup, alpha } = resolved;
  let regime = new MppRecursion(practicalThreshold);
  for (const value of values) {
    regime.push(value);
    if (regime.length < startup) continue;
    const { statistic, direction } = regime.maximum();
    if (direction === undefined || pValueAt(statistic, regime.length) >= alpha) continue;
    describeChange(regime.values, regime.split(direction), direction, resolved);
    regime = new MppRecursion(practicalThreshold);
  }
}
