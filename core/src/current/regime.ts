import { check, checkedPhase, checkInteger } from '../check.ts';
import type { DetectorState } from '../detector-state.ts';
import { Gaps } from '../gaps/gaps.ts';
import type { ResolvedOptions } from '../options.ts';
import type { RegimeMemory, RegimeTest } from '../regime-test.ts';
import { startRegimeTest } from '../regime-tests.ts';

/** So many places a series has at most when missing ones are added: as many points again can then be counted exactly. */
const mostPlaces = 2 ** 52;

/** What a regime begins with. */
interface Begun {
  /** 0-based index of its first point. */
  readonly start: number;
  readonly values?: Float64Array;
  /** If not given, places in the season are counted from the start of the series. */
  readonly phases?: Float64Array | undefined;
  readonly gaps?: Gaps;
  readonly memory?: RegimeMemory | undefined;
}

/** The current regime of a detector: its test, and where its points stand in the series. */
export class CurrentRegime {
  readonly #options: ResolvedOptions;
  readonly #gaps: Gaps;
  readonly test: RegimeTest;
  /** What the regimes before left to this one. */
  readonly memory: RegimeMemory | undefined;
  /** 0-based index of its first point, also of one that is yet to come. */
  start: number;
  /** Places of the series so far, missing ones included. */
  length: number;

  constructor(
    options: ResolvedOptions,
    { start, values = new Float64Array(0), phases, gaps, memory }: Begun,
  ) {
    this.#options = options;
    this.#gaps = gaps ?? new Gaps();
    this.start = start;
    const { period } = options;
    const places = () => phases ?? values.map((_, points) => this.indexOf(points) % period);
    this.test = startRegimeTest(options, {
      values,
      phases: period > 1 ? places() : undefined,
      memory,
    });
    // A state shares it, and whoever has that must not change what the detector goes by.
    this.memory = memory && Object.freeze([...memory]);
    this.length = start + this.test.length + this.#gaps.total;
  }

  /** Adds a point, which is finite. @param phase - if not given, counted from the start of the series @throws RangeError if it is no place in the season */
  push(value: number, phase = this.length % this.#options.period): void {
    this.test.push(value, checkedPhase(phase, this.#options.period));
    this.length++;
  }

  /** Adds places without a value. @throws RangeError unless there is at least one, and not too many */
  pushMissing(count: number): void {
    checkInteger(count, 'count', 1);
    const length = this.length + count;
    check(length <= mostPlaces, 'the length of the series', `at most ${mostPlaces}`, length);
    this.length = length;
    // No regime begins with a gap.
    if (this.test.length === 0) this.start = length;
    else this.#gaps.add(this.test.length, count);
  }

  /** The index in the series of the point that has so many points of the regime before it. */
  indexOf(points: number): number {
    return this.start + points + this.#gaps.before(points);
  }

  /**
   * The regime that follows.
   *
   * @param end - points of this one that it does not begin with
   * @param split - points before the change that ends this one, else `end`
   */
  next(end: number, split: number): CurrentRegime {
    return new CurrentRegime(this.#options, {
      start: this.indexOf(end),
      values: this.test.values.slice(end),
      phases: this.test.phases?.slice(end),
      gaps: this.#gaps.from(end),
      memory: this.test.memory?.(end, split),
    });
  }

  /** What a saved state says of it. */
  toState(): Omit<DetectorState, 'version' | 'options'> {
    return {
      regimeStart: this.start,
      regime: [...this.test.values],
      ...(this.test.phases && { phases: [...this.test.phases] }),
      ...(this.#gaps.total > 0 && { gaps: this.#gaps.toRuns() }),
      ...(this.memory && { memory: this.memory }),
    };
  }
}
