import type { RegimeMemory } from '../../regime-test.ts';
import type { Inflation } from './inflation.ts';

/** A way to estimate the inflation of a regime, which may use what earlier regimes left. */
export interface DependenceModel {
  /** The inflation before the first estimate. */
  readonly first: Inflation;
  /** The inflation if the regime changed after `split` points; 0 if it did not. */
  inflation(regime: Float64Array, split: number): Inflation;
  /**
   * The memory for the next regime, if this model keeps any.
   *
   * @param end - how many of the first points are not in the next regime
   * @param split - points before the change
   * @param isReport - whether there was a change, which its newest point revealed
   */
  memory(regime: Float64Array, end: number, split: number, isReport: boolean): RegimeMemory | undefined;
}
