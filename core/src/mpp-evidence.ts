import { MppRecursion } from './mpp-recursion.ts';
import type { ResolvedOptions } from './options.ts';
import { exponentOf, pValueAt, statisticAtExponent } from './p-value.ts';
import type { Evidence, GrowingEvidence } from './regime-test.ts';

/** The evidence of the MPP test, worked out at every point by the recursion. Cost: O(T) time a point; 24 bytes a point. */
export class MppEvidence implements GrowingEvidence {
  readonly #recursion: MppRecursion;
  readonly #exponent: number;

  constructor({ practicalThreshold, alpha }: Pick<ResolvedOptions, 'practicalThreshold' | 'alpha'>) {
    this.#recursion = new MppRecursion(practicalThreshold);
    this.#exponent = exponentOf(alpha);
  }

  get length(): number {
    return this.#recursion.length;
  }

  push(value: number): void {
    this.#recursion.push(value);
  }

  evidence(): Evidence {
    const points = this.length;
    const { statistic, direction } = this.#recursion.maximum();
    const needed = statisticAtExponent(this.#exponent, points);
    return { points, statistic, needed, pValue: pValueAt(statistic, points), direction };
  }
}
