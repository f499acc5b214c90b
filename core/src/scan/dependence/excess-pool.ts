import type { RegimeMemory } from '../../regime-test.ts';
import { sumsOfBlock } from './block-sums.ts';
import type { DependenceModel } from './dependence-model.ts';
import { inflationOfSums, mixedInflation } from './excess.ts';
import { type Inflation, noInflation } from './inflation.ts';
import {
  addSums,
  blockLength,
  emptySums,
  fillUp,
  type LagSums,
  memoryOf,
  mostPooled,
  pooledPoints,
  sumsIn,
} from './lag-sums.ts';

/** The complete blocks that are needed lie within so many: those of `mostPooled` points, and the block with the change among them. */
const mostComplete = mostPooled / blockLength + 1;
/** With fewer points an estimate is mixed with one at half of the threshold. */
const fewPoints = 256;
/** With so many points, each of the two counts for a half. */
const leaning = 32;

/**
 * What the points of a regime and of those before it say of the inflation of U⁺ and U⁻.
 *
 * A regime is divided into blocks of 128 points from its start on, and the block with the change at the change. The newest 2,048 points count. If a regime alone counted, a
 * change that lasts a while would look like dependence, since there are too few points of either level. So the sums of earlier regimes, each against its own level, fill up.
 */
export class ExcessPool implements DependenceModel {
  readonly first = noInflation;
  readonly #threshold: number;
  readonly #before: LagSums | undefined;
  /** The sums of complete blocks, kept once they were needed. Those of block n are at n mod `mostComplete`. */
  readonly #complete: { readonly number: number; readonly sums: LagSums }[] = [];

  constructor(threshold: number, memory: RegimeMemory | undefined) {
    this.#threshold = threshold;
    this.#before = sumsIn(memory, threshold);
  }

  /** The inflation if the regime changed after `split` points. */
  inflation(regime: Float64Array, split: number): Inflation {
    const sums = this.#sums(regime, split, mostPooled);
    fillUp(sums, this.#before);
    const points = pooledPoints(sums);
    const inflation = inflationOfSums(sums);
    if (points >= fewPoints) return inflation;
    const half = inflationOfSums(sidesAt(regime, split, this.#threshold / 2));
    return mixedInflation(inflation, half, 1 / (1 + (points / leaning) ** 2));
  }

  /** The memory for the next regime. */
  memory(regime: Float64Array, end: number, split: number): RegimeMemory | undefined {
    const sums = emptySums();
    for (let from = split; from < end; from += blockLength)
      addSums(sums, sumsOfBlock(regime.subarray(from, Math.min(end, from + blockLength)), this.#threshold));
    addSums(sums, this.#sums(regime.subarray(0, split), 0, mostPooled - pooledPoints(sums)));
    fillUp(sums, this.#before);
    if (pooledPoints(sums) === 0) return undefined;
    return memoryOf(sums, this.#threshold);
  }

  /** The sums of the newest blocks of a regime, until there are enough points. */
  #sums(regime: Float64Array, split: number, most: number): LagSums {
    const sums = emptySums();
    for (
      let number = Math.ceil(regime.length / blockLength) - 1;
      number >= 0 && pooledPoints(sums) < most;
      number--
    ) {
      const start = number * blockLength;
      const end = Math.min(regime.length, start + blockLength);
      const parts = split > start && split < end ? [end, split, start] : [end, start];
      for (let part = 1; part < parts.length; part++)
        addSums(sums, this.#block(regime, parts[part] as number, parts[part - 1] as number));
    }
    return sums;
  }

  #block(regime: Float64Array, start: number, end: number): LagSums {
    const sums = () => sumsOfBlock(regime.subarray(start, end), this.#threshold);
    if (end - start < blockLength) return sums();
    const number = start / blockLength;
    const place = number % mostComplete;
    const known = this.#complete[place];
    if (known?.number === number) return known.sums;
    const complete = { number, sums: sums() };
    this.#complete[place] = complete;
    return complete.sums;
  }
}

/** The sums of both sides of a split, each divided into blocks from its own start on. */
function sidesAt(regime: Float64Array, split: number, threshold: number): LagSums {
  const sums = emptySums();
  for (const side of [regime.subarray(0, split), regime.subarray(split)]) {
    for (let from = 0; from < side.length; from += blockLength)
      addSums(sums, sumsOfBlock(side.subarray(from, from + blockLength), threshold));
  }
  return sums;
}
