import { AedDetector, type ChangePoint, type DetectorOptions } from '@aed/core';
import { compareEventKeys } from './event.ts';
import type { StoredEvent } from './events-table.ts';

/** The end of a regime: a change point, or a set point. */
export interface Reset {
  /** What was found; absent at a set point. */
  readonly found?: ChangePoint;
  /** The readings that the test saw, the reading of the reset last. */
  readonly events: readonly StoredEvent[];
  /** Index of the first of these readings, in the core's count. */
  readonly start: number;
  /** The next regime starts with the event after this key. */
  readonly regimeAfter: string;
  /** Key of the reading of the reset. */
  readonly testedThrough: string;
}

/**
 * The regime of a series as its stored events come in, in key order, from the first of the regime on.
 *
 * Events up to `testedThrough` were in the regime before its last reset: they take part in the tests, but no test ends at
 * them again. So the answer is the same, however the events were cut into batches. Memory: one regime.
 */
export class Regime {
  readonly #testedThrough: string | undefined;
  readonly #options: Required<DetectorOptions>;
  #events: StoredEvent[] = [];
  #start = 0;
  #detector: AedDetector | undefined;

  constructor(testedThrough: string | undefined, options: Required<DetectorOptions>) {
    this.#testedThrough = testedThrough;
    this.#options = options;
  }

  /** Events that it holds. */
  get length(): number {
    return this.#events.length;
  }

  /** Takes the next event. @returns the reset that it brings, if it brings one; the regime then goes on with the next */
  add(event: StoredEvent): Reset | undefined {
    if (this.#detector === undefined && this.#isTested(event)) {
      this.#events.push(event);
      return undefined;
    }
    this.#detector ??= continueRegime(this.#events, this.#options);
    const events = this.#events;
    events.push(event);
    const found = this.#detector.push(event.value);
    const start = this.#start;
    const dropped = this.#detector.regimeStart - start;
    const lastDropped = events[dropped - 1];
    if (lastDropped === undefined) return undefined;
    this.#events = events.slice(dropped);
    this.#start = this.#detector.regimeStart;
    return {
      ...(found !== undefined && { found }),
      events,
      start,
      regimeAfter: lastDropped.eventKey,
      testedThrough: event.eventKey,
    };
  }

  #isTested({ eventKey }: StoredEvent): boolean {
    return this.#testedThrough !== undefined && compareEventKeys(eventKey, this.#testedThrough) <= 0;
  }
}

function continueRegime(tested: readonly StoredEvent[], options: Required<DetectorOptions>): AedDetector {
  const fresh = new AedDetector(options).toJSON();
  return AedDetector.fromJSON({ ...fresh, regime: tested.map(({ value }) => value) });
}
