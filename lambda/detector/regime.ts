import { AedDetector, type ChangePoint, type DetectorOptions } from '@aed/core';
import { compareEventKeys, type StoredEvent } from '../event.ts';

/**
 * The end of a regime, or of its older half: at a change point, at a set point, when a test left it too long, or at the tested
 * events themselves when these are too many.
 */
export interface Reset {
  /** What was found; absent unless it is a change point. */
  readonly found?: ChangePoint;
  /** The readings of the regime up to the reset, its own reading last. */
  readonly events: readonly StoredEvent[];
  /** Index of the first of these readings, in the core's count. */
  readonly start: number;
  /** The next regime starts with the event after this key. */
  readonly regimeAfter: string;
  /** At every event up to this key a test has ended. */
  readonly testedThrough: string;
}

/**
 * The regime of a series as its stored events come in, in key order, from the first of the regime on.
 *
 * Events up to `testedThrough` were in the regime before its last reset: they take part in the tests, but no test ends at
 * them again. So the answer is the same, however the events were cut into batches. Memory: one regime, of `maxRegimeLength`
 * events at most. There are as many tested ones only if late ones came to them, or the limit was lowered: then the older half
 * is dropped, too.
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
    if (this.#detector === undefined && this.#isTested(event)) return this.#addTested(event);
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

  #addTested(event: StoredEvent): Reset | undefined {
    const events = this.#events;
    events.push(event);
    if (events.length < this.#options.maxRegimeLength) return undefined;
    const kept = events.slice(-Math.floor(events.length / 2));
    const lastDropped = events[events.length - kept.length - 1];
    if (lastDropped === undefined || this.#testedThrough === undefined) return undefined;
    this.#events = kept;
    return {
      events,
      start: this.#start,
      regimeAfter: lastDropped.eventKey,
      testedThrough: this.#testedThrough,
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
