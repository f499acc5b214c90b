import { AedDetector, type DetectorState, type ResolvedOptions } from '@aed/core';
import { placeInSeason } from '../place-in-season.ts';
import type { PointList } from '../regime/point-list.ts';
import type { Standing } from './reset.ts';

/** States by options. To make one takes as long as to restore some fifty points, and most series share the options of the service. */
const emptyStates = new WeakMap<ResolvedOptions, DetectorState>();

/** The state of a detector without a point. */
function emptyState(options: ResolvedOptions): DetectorState {
  const state = emptyStates.get(options) ?? new AedDetector(options).toJSON();
  emptyStates.set(options, state);
  return state;
}

/** A detector that has tested the first points of a regime. Cost: some 3 ms for 10,000 points. */
export function restoredDetector(
  points: PointList,
  tested: number,
  { options, memory }: Pick<Standing, 'options' | 'memory'>,
): AedDetector {
  const phases: number[] = [];
  for (let index = 0; index < tested; index++) {
    const phase = placeInSeason(options, points.timeAt(index));
    if (phase !== undefined) phases.push(phase);
  }
  return AedDetector.fromJSON({
    ...emptyState(options),
    regime: points.values(0, tested),
    ...(phases.length > 0 && { phases }),
    memory,
  });
}
