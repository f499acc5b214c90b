import type { ResolvedOptions } from '../../options.ts';
import type { RegimeMemory } from '../../regime-test.ts';
import type { DependenceModel } from './dependence-model.ts';
import { inflationOf, noneEstimated } from './estimate.ts';
import type { Inflation } from './inflation.ts';
import { type LagSums, lengthOfMemory, memoryOf, pooledPoints, sumsIn } from './lag-sums.ts';
import { pooledSums } from './rank-pool.ts';

/** Only reports within so many points before the newest one make a series restless. */
const recent = 2000;
/** What the two parts of a memory begin with: the ranks that are pooled, and then what a restless series needs. That of a practical threshold begins with the threshold, which is positive. */
const poolMark = -3;
const restlessMark = -1;

/**
 * The inflation from the ranks of a regime and what those before it left; of a restless series, from those of its last 2,000 points, with the earlier changes left in.
 *
 * A series is restless while its newest `restlessAfter` reports are within 2,000 points. Changes that come one after another are normal then, and only a larger one is news.
 */
export class RankDependence implements DependenceModel {
  readonly first = noneEstimated;
  readonly #restlessAfter: number;
  /** Of the newest reports, oldest first: how many points of this regime there were when each was made, negative before it began. */
  readonly #reports: readonly number[];
  /** The newest points before this regime. */
  readonly #before: readonly number[];
  /** What earlier regimes left of their ranks. */
  readonly #sums: LagSums | undefined;

  constructor({ restlessAfter }: Pick<ResolvedOptions, 'restlessAfter'>, memory: RegimeMemory | undefined) {
    this.#restlessAfter = restlessAfter;
    this.#sums = sumsIn(memory, poolMark);
    const restless = this.#sums === undefined ? memory : memory?.slice(lengthOfMemory);
    const [start, count = 0, ...numbers] = restless ?? [];
    const isOwn = start === restlessMark && count >= 0 && count <= numbers.length;
    this.#reports = isOwn ? numbers.slice(0, count) : [];
    this.#before = isOwn ? numbers.slice(count) : [];
  }

  inflation(regime: Float64Array, split: number): Inflation {
    const oldest = this.#restlessAfter === 0 ? undefined : this.#reports.at(-this.#restlessAfter);
    const isRestless = oldest !== undefined && regime.length - oldest <= recent;
    if (!isRestless) return inflationOf(regime, split, this.#sums);
    const room = Math.max(0, recent - regime.length);
    const before = this.#before.slice(Math.max(0, this.#before.length - room));
    const points = Float64Array.from([...before, ...regime.subarray(Math.max(0, regime.length - recent))]);
    // The levels between the changes are to count, however long they last.
    return inflationOf(points, Math.max(0, points.length - regime.length + split), undefined, recent);
  }

  memory(regime: Float64Array, end: number, split: number, isReport: boolean): RegimeMemory | undefined {
    const sums = pooledSums([regime.subarray(split, end), regime.subarray(0, split)], this.#sums);
    const pooled = pooledPoints(sums) === 0 ? [] : memoryOf(sums, poolMark);
    const memory = [...pooled, ...this.#restless(regime, end, isReport)];
    return memory.length === 0 ? undefined : memory;
  }

  /** What only an option for restless series needs. */
  #restless(regime: Float64Array, end: number, isReport: boolean): RegimeMemory {
    if (this.#restlessAfter === 0) return [];
    // Older ones count no more, so the memory stays short whatever the option asks for.
    const reports = [...this.#reports, ...(isReport ? [regime.length] : [])].filter(
      (report) => regime.length - report <= recent,
    );
    const points = [...this.#before, ...regime.subarray(0, end)].slice(-recent);
    const kept = reports.slice(-this.#restlessAfter).map((report) => report - end);
    return [restlessMark, kept.length, ...kept, ...points];
  }
}
