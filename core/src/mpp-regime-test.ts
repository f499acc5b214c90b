import { Certificate } from './certificate.ts';
import type { Direction } from './change-point.ts';
import { FloatList } from './float-list.ts';
import { type Maximum, maximum, mostEvidentSplit } from './maximum.ts';
import { finite } from './median.ts';
import { falseAlarmEveryAt, type MppLevel, mppLevel } from './mpp/mpp-alpha.ts';
import { addSteps } from './mpp-recursion.ts';
import type { ResolvedOptions } from './options.ts';
import { pValueAt } from './p-value.ts';
import type { Alarm, RegimeResult, RegimeStart, RegimeTest } from './regime-test.ts';
import { SortedRegime } from './sorted-regime.ts';
import { Offset } from './threshold/offset.ts';

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
  readonly #offset: Offset;
  /** −δ. */
  readonly #opposite: Offset;
  readonly #level: MppLevel;
  readonly #values = new FloatList();
  readonly #certificate: Certificate;
  /** Made with the first rebuild, which short regimes never need. */
  #sorted: SortedRegime | undefined;
  /** U⁺ and U⁻ of the points that do not wait, at index t − 1; one list with δ = 0. */
  readonly #rise = new FloatList();
  readonly #fall: FloatList;
  /** How many points do not wait. */
  #exact = 0;
  /** Steps of the recursion since the last rebuild. */
  #steps = 0;
  #isCertified = true;

  constructor(
    options: Pick<ResolvedOptions, 'practicalThreshold' | 'alpha' | 'falseAlarmEvery'>,
    begun: RegimeStart = { values: [] },
  ) {
    const { practicalThreshold } = options;
    this.#threshold = practicalThreshold;
    this.#offset = new Offset(practicalThreshold);
    this.#opposite = new Offset(-practicalThreshold);
    this.#level = mppLevel(options);
    this.#certificate = new Certificate(practicalThreshold, this.#level.needed);
    this.#fall = practicalThreshold === 0 ? this.#rise : new FloatList();
    for (let index = 0; index < begun.values.length; index++) this.push(begun.values[index] as number);
  }

  get length(): number {
    return this.#values.length;
  }

  get inflation(): undefined {
    return undefined;
  }

  get values(): Float64Array {
    return this.#values.view();
  }

  get phases(): undefined {
    return undefined;
  }

  push(value: number): void {
    this.#isCertified = this.#certificate.admit(value);
    this.#values.push(value);
  }

  alarm(): Alarm | undefined {
    const { statistic, direction } = this.maximum() ?? { statistic: 0 };
    if (direction === undefined) return undefined;
    const pValue = pValueAt(statistic, this.length);
    if (pValue >= this.#level.alpha(this.length)) return undefined;
    return { statistic, pValue, falseAlarmEvery: finite(falseAlarmEveryAt(pValue, this.length)), direction };
  }

  evidence(): RegimeResult {
    const { statistic, direction } = this.exactMaximum();
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
    return mostEvidentSplit((direction === 'up' ? this.#rise : this.#fall).view(), direction);
  }

  memory(): undefined {
    return undefined;
  }

  /** K, and the first time and the direction that reach it; `undefined` if it is known not to be significant. */
  maximum(): Maximum | undefined {
    return this.#isCertified ? undefined : this.exactMaximum();
  }

  /** K, and the first time and the direction that reach it, significant or not. */
  exactMaximum(): Maximum {
    this.#catchUp();
    const rise = this.#rise.view();
    const fall = this.#fall.view();
    this.#certificate.startFrom(rise, fall);
    return maximum(rise, fall);
  }

  #catchUp(): void {
    const values = this.values;
    this.#steps += values.length - this.#exact;
    if (this.#steps > stepsOfRebuild && values.length > leastSorted) this.#rebuild(values);
    else this.#takeSteps(values);
    this.#exact = values.length;
  }

  #takeSteps(values: Float64Array): void {
    addSteps(this.#rise, values, this.#exact, this.#offset);
    if (this.#fall !== this.#rise) addSteps(this.#fall, values, this.#exact, this.#opposite);
  }

  #rebuild(values: Float64Array): void {
    this.#sorted ??= new SortedRegime(this.#threshold);
    this.#sorted.add(values);
    this.#sorted.scan(this.#rise, this.#fall);
    this.#certificate.rebuild(this.#sorted);
    this.#steps = 0;
  }
}
