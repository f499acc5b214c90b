import type { ResolvedOptions } from '@aed/core';

/** A regime with U⁺ and U⁻ of all its splits. */
export interface PlainRegime {
  readonly options: ResolvedOptions;
  readonly values: readonly number[];
  readonly phases: readonly number[];
  readonly rise: number[];
  readonly fall: number[];
}
