import type { RegimeMemory } from '../../regime-test.ts';
import { sumsOfBlock } from './block-sums.ts';
import type { DependenceModel } from './dependence-model.ts';
import { blockLength, inflationOfSums, mixedInflation } from './excess.ts';
import { type Inflation, noInflation } from './inflation.ts';
import { addSums, emptySums, type LagSums, memoryOf, pooledPoints, sumsIn } from './lag-sums.ts';

/** The newest points that an estimate looks at, those of earlier regimes included. */
const mostPooled = 2048;
/** So many blocks have as many points, and one more. */
const mostComplete = mostPooled / blockLength + 1;
/** With fewer points an estimate leans on scores at half of the threshold. */
const fewPoints = 256;
const leaning = 32;

/**
 * What the points of a regime and of those before it say of the inflation of U⁺ and U⁻.
 *
 * Blocks of 128 points from the start of the regime; a block with the change in it is two. The newest 2,048 points count. A change that lasts a while would look
 * like dependence if its regime alone counted: that has too few points of either level. So sums of earlier regimes, each against its own level, fill what is left.
 */
export class ExcessPool implements DependenceModel {
  readonly first = noInflation;
  readonly #threshold: number;
  readonly #before: LagSums | undefined;
  /** Of the newest complete blocks that were needed: that of number n at n mod `mostComplete`. */
  readonly #complete: { readonly number: number; readonly sums: LagSums }[] = [];

  constructor(threshold: number, memory: RegimeMemory | undefined) {
    this.#threshold = threshold;
    this.#before = sumsIn(memory, threshold);
  }

  /** The inflation if the regime changed after `split` points. */
  inflation(regime: Float64Array, split: number): Inflation {
    const sums = this.#sums(regime, split, mostPooled);
    this.#addBefore(sums);
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
    this.#addBefore(sums);
    if (pooledPoints(sums) === 0) return undefined;
    return memoryOf(sums, this.#threshold);
  }

  /** Those of the newest blocks of a regime, until there are enough points. */
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

  #addBefore(sums: LagSums): void {
    const room = mostPooled - pooledPoints(sums);
    if (this.#before === undefined || room <= 0) return;
    addSums(sums, this.#before, Math.min(1, room / pooledPoints(this.#before)));
  }
}

/** The sums of both sides of a split in blocks that start with them. */
function sidesAt(regime: Float64Array, split: number, threshold: number): LagSums {
  const sums = emptySums();
  for (const side of [regime.subarray(0, split), regime.subarray(split)]) {
    for (let from = 0; from < side.length; from += blockLength)
      addSums(sums, sumsOfBlock(side.subarray(from, from + blockLength), threshold));
  }
  return sums;
}
