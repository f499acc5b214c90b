import { AedDetector, type ChangePoint, type RegimeMemory, type ResolvedOptions } from '@aed/core';
import { compareEventKeys, type StoredEvent, timeOfEventKey } from '../../../../lambda/event.ts';
import { placeInSeason } from '../../../../lambda/place-in-season.ts';

/**
 * The end of a regime, or of its older half. It comes at a change point, at a set point (the regime has grown too long), or
 * when more tested events are read than a regime may hold.
 */
export interface PlainReset {
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
  /** What the next regime is told of those before. */
  readonly memory?: RegimeMemory | undefined;
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
export class PlainRegime {
  readonly #testedThrough: string | undefined;
  readonly #options: ResolvedOptions;
  #memory: RegimeMemory | undefined;
  #events: StoredEvent[] = [];
  #start = 0;
  #detector: AedDetector | undefined;

  /** @param memory - what the regimes before left to this one */
  constructor(testedThrough: string | undefined, options: ResolvedOptions, memory?: RegimeMemory) {
    this.#testedThrough = testedThrough;
    this.#options = options;
    this.#memory = memory;
  }

  /** Events that it holds. */
  get length(): number {
    return this.#events.length;
  }

  /** Takes the next event. @returns the reset that it causes, if any; the next event then belongs to the next regime */
  add(event: StoredEvent): PlainReset | undefined {
    if (this.#detector === undefined && this.#isTested(event)) return this.#addTested(event);
    this.#detector ??= continueRegime(this.#events, this.#options, this.#memory);
    const events = this.#events;
    events.push(event);
    const found = this.#detector.push(event.value, placeOf(event, this.#options));
    const start = this.#start;
    const dropped = this.#detector.regimeStart - start;
    const lastDropped = events[dropped - 1];
    if (lastDropped === undefined) return undefined;
    this.#events = events.slice(dropped);
    this.#start = this.#detector.regimeStart;
    this.#memory = this.#detector.memory;
    return {
      ...(found !== undefined && { found }),
      events,
      start,
      regimeAfter: lastDropped.eventKey,
      testedThrough: event.eventKey,
      memory: this.#memory,
    };
  }

  #addTested(event: StoredEvent): PlainReset | undefined {
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
      memory: this.#memory,
    };
  }

  #isTested({ eventKey }: StoredEvent): boolean {
    return this.#testedThrough !== undefined && compareEventKeys(eventKey, this.#testedThrough) <= 0;
  }
}

function continueRegime(
  tested: readonly StoredEvent[],
  options: ResolvedOptions,
  memory: RegimeMemory | undefined,
): AedDetector {
  const fresh = new AedDetector(options).toJSON();
  const phases = tested.flatMap((event) => placeOf(event, options) ?? []);
  return AedDetector.fromJSON({
    ...fresh,
    regime: tested.map(({ value }) => value),
    ...(phases.length > 0 && { phases }),
    memory,
  });
}

function placeOf({ eventKey }: StoredEvent, options: ResolvedOptions): number | undefined {
  return placeInSeason(options, Date.parse(timeOfEventKey(eventKey)));
}
