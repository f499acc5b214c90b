import { AedDetector, type ChangePoint, type ResolvedOptions } from '@aed/core';
import { compareEventKeys, type StoredEvent } from '../event.ts';

/**
 * The end of a regime, or of its older half. It comes at a change point, at a set point (the regime has grown too long), or
 * when more tested events are read than a regime may hold.
 */
export interface Reset {
  /** The change point; absent at a set point. */
  readonly found?: ChangePoint;
  /** The readings of the regime up to the reset, the reading of the reset last. */
  readonly events: readonly StoredEvent[];
  /** Index of the first of these readings, in the core's count. */
  readonly start: number;
  /** The next regime starts with the event after this key. */
  readonly regimeAfter: string;
  /** At every event up to this key a test has ended. */
  readonly testedThrough: string;
}

/**
 * The regime of a series, built from its stored events in key order, from the first event of the regime on.
 *
 * A test has already ended at every event up to `testedThrough`. Those events take part in further tests, but no test ends
 * at them again. So the answer is the same, however the events are cut into batches.
 *
 * Memory: one regime, of at most `maxRegimeLength` events. The tested events alone reach that number only if late events
 * were added or the limit was lowered. Then the older half is dropped as well.
 */
export class Regime {
  readonly #testedThrough: string | undefined;
  readonly #options: ResolvedOptions;
  #events: StoredEvent[] = [];
  #start = 0;
  #detector: AedDetector | undefined;

  constructor(testedThrough: string | undefined, options: ResolvedOptions) {
    this.#testedThrough = testedThrough;
    this.#options = options;
  }

  /** Events that it holds. */
  get length(): number {
    return this.#events.length;
  }

  /** Takes the next event. @returns the reset that it causes, if any; the next event then belongs to the next regime */
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

function continueRegime(tested: readonly StoredEvent[], options: ResolvedOptions): AedDetector {
  const fresh = new AedDetector(options).toJSON();
  return AedDetector.fromJSON({ ...fresh, regime: tested.map(({ value }) => value) });
}
