import type { ResolvedOptions } from '@aed/core';
import type { RegimeMemory } from '../../../core/src/regime-test.ts';

/** A regime with U⁺ and U⁻ of all its splits. */
export interface PlainRegime {
  readonly options: ResolvedOptions;
  readonly values: readonly number[];
  readonly phases: readonly number[];
  readonly rise: number[];
  readonly fall: number[];
  /** Of the regimes before. */
  readonly memory: RegimeMemory | undefined;
}
