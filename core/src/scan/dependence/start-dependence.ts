import type { ResolvedOptions } from '../../options.ts';
import type { RegimeMemory } from '../../regime-test.ts';
import type { DependenceModel } from './dependence-model.ts';
import { ExcessPool } from './excess-pool.ts';
import { RankDependence } from './rank-dependence.ts';

/** How the dependence of a regime is estimated; `undefined` if its points are taken as independent. */
export function startDependence(
  options: Pick<ResolvedOptions, 'dependence' | 'practicalThreshold' | 'restlessAfter'>,
  memory: RegimeMemory | undefined,
): DependenceModel | undefined {
  const { dependence, practicalThreshold } = options;
  if (dependence === 'independent') return undefined;
  return practicalThreshold > 0
    ? new ExcessPool(practicalThreshold, memory)
    : new RankDependence(options, memory);
}
