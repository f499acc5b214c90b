import { Certificate } from './certificate/certificate.ts';
import type { Direction } from './change-point.ts';
import { FloatList } from './float-list.ts';
import type { Maximum } from './maximum.ts';
import { finite } from './median.ts';
import { falseAlarmEveryAt, type MppLevel, mppLevel } from './mpp/mpp-alpha.ts';
import type { ResolvedOptions } from './options.ts';
import { pValueAt } from './p-value.ts';
import type { Alarm, RegimeResult, RegimeStart, RegimeTest } from './regime-test.ts';
import { SortedRegime } from './sorted-regime.ts';
import { SplitStatistics } from './split-statistics.ts';

/** A rebuild from the sorted regime costs about as much as this many steps of the recursion. */
const stepsOfRebuild = 12;
/** Up to this many points the recursion is always cheaper. */
const leastSorted = 128;

/**
 * The MPP test of a growing regime: what MppRecursion says, worked out only where it could be significant.
 *
 * While a certificate proves that the test at a point cannot be significant, the point waits. Otherwise the exact statistics
 * are brought up to date: by steps of the recursion if few points wait, else from the sorted regime.
 * Cost: about O(T^¼) a point without a change, O(T) at most; about 70 bytes a point.
 */
export class MppRegimeTest implements RegimeTest {
  readonly #threshold: number;
  readonly #level: MppLevel;
  readonly #values = new FloatList();
  readonly #certificate: Certificate;
  /** Made with the first rebuild, which short regimes never need. */
  #sorted: SortedRegime | undefined;
  /** Of the points that do not wait. */
  readonly #statistics: SplitStatistics;
  /** How many points do not wait. */
  #exact = 0;
  /** Steps of the recursion since the last rebuild. */
  #steps = 0;
  /** Whether the test at the last point is known not to be significant. */
  isCertified = true;

  constructor(
    options: Pick<ResolvedOptions, 'practicalThreshold' | 'alpha' | 'falseAlarmEvery'>,
    begun: RegimeStart = { values: [] },
  ) {
    const { practicalThreshold } = options;
    this.#threshold = practicalThreshold;
    this.#level = mppLevel(options);
    this.#certificate = new Certificate(practicalThreshold, this.#level.needed);
    this.#statistics = new SplitStatistics(practicalThreshold);
    for (let index = 0; index < begun.values.length; index++) this.push(begun.values[index] as number);
  }

  get length(): number {
    return this.#values.length;
  }

  get values(): Float64Array {
    return this.#values.view();
  }

  push(value: number): void {
    this.isCertified = this.#certificate.admit(value);
    this.#values.push(value);
  }

  alarm(): Alarm | undefined {
    if (this.isCertified) return undefined;
    const { statistic, pValue, direction } = this.evidence();
    if (direction === undefined || pValue >= this.#level.alpha(this.length)) return undefined;
    return { statistic, pValue, falseAlarmEvery: finite(falseAlarmEveryAt(pValue, this.length)), direction };
  }

  evidence(): RegimeResult {
    const { statistic, direction } = this.maximum();
    const { length } = this;
    return {
      statistic,
      needed: this.#level.needed(length),
      pValue: pValueAt(statistic, length),
      direction,
    };
  }

  split(direction: Direction): number {
    this.#catchUp();
    return this.#statistics.split(direction);
  }

  /** K, and the first time and the direction that reach it, significant or not. */
  maximum(): Maximum {
    this.#catchUp();
    this.#certificate.startFrom(this.#statistics);
    return this.#statistics.maximum();
  }

  #catchUp(): void {
    const values = this.values;
    this.#steps += values.length - this.#exact;
    if (this.#steps > stepsOfRebuild && values.length > leastSorted) this.#rebuild(values);
    else this.#statistics.add(values, this.#exact);
    this.#exact = values.length;
  }

  #rebuild(values: Float64Array): void {
    this.#sorted ??= new SortedRegime(this.#threshold);
    this.#sorted.add(values);
    this.#sorted.scan(this.#statistics);
    this.#certificate.rebuild(this.#sorted);
    this.#steps = 0;
  }
}
