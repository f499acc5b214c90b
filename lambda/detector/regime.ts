import type { AedDetector, ResolvedOptions } from '@aed/core';
import { compareEventKeys, epochOfEventKey, type StoredEvent } from '../event.ts';
import { placeInSeason } from '../place-in-season.ts';
import type { Chunk } from '../regime/chunk.ts';
import { addPoints } from '../regime/point-bytes.ts';
import { PointList } from '../regime/point-list.ts';
import { Spans } from '../regime/spans.ts';
import { isTestedAlike, type Reset, type Standing } from './reset.ts';
import { restoredDetector } from './restore-detector.ts';

/**
 * The regime of a series: its events in key order, from its first event on, and the detector that tests them.
 *
 * Tests end only at events after `testedThrough`; those before take part in them. So the answer is the same, however the
 * events are cut into batches. A reset changes nothing until it is accepted: then the points before it go.
 *
 * Memory: 16 to 18 bytes a point, and 30 to 54 more while there is a detector, which is made from the points when it is needed.
 * The events themselves are held only if they were added since the last `rest`.
 */
export class Regime {
  readonly points = new PointList();
  readonly #spans: Spans;
  #standing: Standing;
  #through: string | undefined;
  /** The newest points as they were added. */
  #events: StoredEvent[] = [];
  /** Points at which a test has ended, or never will. */
  #tested = 0;
  #detector: AedDetector | undefined;
  /** The detector's index of the first point. */
  #start = 0;
  #isOrderly = true;

  /** @param spanLength - points of a chunk */
  constructor(standing: Standing, spanLength: number) {
    this.#standing = standing;
    this.#through = standing.after;
    this.#spans = new Spans(spanLength);
  }

  get length(): number {
    return this.points.length;
  }

  get after(): string | undefined {
    return this.#standing.after;
  }

  /** It holds all events of the series after `after` and up to this key. */
  get through(): string | undefined {
    return this.#through;
  }

  get standing(): Standing {
    return this.#standing;
  }

  get spans(): Spans {
    return this.#spans;
  }

  get hasDetector(): boolean {
    return this.#detector !== undefined;
  }

  /** Whether each event has a time and none runs backwards. Only then keys can be found again by their times. */
  get isOrderly(): boolean {
    return this.#isOrderly;
  }

  /** Adds the next events. No test ends yet. */
  add(events: readonly StoredEvent[]): void {
    for (const event of events) {
      const { eventKey, value, expiresAt } = event;
      const time = epochOfEventKey(eventKey);
      this.#isOrderly &&=
        this.length === 0 ? !Number.isNaN(time) : time >= this.points.timeAt(this.length - 1);
      this.points.push(value, time);
      this.#events.push(event);
      this.#spans.add(eventKey, expiresAt);
    }
    this.#through = events.at(-1)?.eventKey ?? this.#through;
  }

  /** Adds a chunk of events, at all of which a test has ended. @returns false if its bytes are not those of so many points */
  addChunk({ points, count, through, expiresAt }: Chunk): boolean {
    this.#spans.close(this.#through ?? '');
    this.#events = [];
    this.#spans.addChunk(count, through, expiresAt);
    this.#through = through;
    const isWhole = addPoints(points, count, this.points);
    this.#tested = this.length;
    return isWhole;
  }

  /** All events up to this key have been added. */
  complete(through: string): void {
    if (this.#through === undefined || compareEventKeys(through, this.#through) > 0) this.#through = through;
  }

  /** A point that was added since the last `rest`; `undefined` for an older one. */
  eventAt(index: number): StoredEvent | undefined {
    return this.#events[index - this.length + this.#events.length];
  }

  /** How many points are events up to this key; it must not be before those that were added since the last `rest`. */
  countThrough(key: string | undefined): number {
    const after = this.#events.filter((one) => key === undefined || compareEventKeys(one.eventKey, key) > 0);
    return this.length - after.length;
  }

  /** Goes on with the tests. @returns the reset at which they stop; `undefined` when a test has ended at every point */
  test(): Reset | undefined {
    this.#skipTested();
    const { options } = this.#standing;
    if (this.#detector === undefined && this.#tested >= options.maxRegimeLength) {
      // Late events were added, or the limit was lowered. The older half goes, as at a set point.
      const dropped = Math.ceil(options.maxRegimeLength / 2);
      return { start: this.#start, dropped, memory: this.#standing.memory };
    }
    while (this.#tested < this.length) {
      this.#detector ??= restoredDetector(this.points, this.#tested, this.#standing);
      const detector = this.#detector;
      const index = this.#tested++;
      const phase = placeInSeason(options, this.points.timeAt(index));
      const found = detector.push(this.points.valueAt(index), phase);
      const dropped = detector.regimeStart - this.#start;
      if (dropped === 0) continue;
      return {
        ...(found !== undefined && { found }),
        start: this.#start,
        dropped,
        tested: this.#tested,
        memory: detector.memory,
      };
    }
    return undefined;
  }

  /** Accepts a reset. @param after - key of the last point that it drops */
  accept({ dropped, memory }: Reset, after: string): void {
    this.#drop(dropped);
    if (this.#detector !== undefined) this.#start += dropped;
    this.#standing = { ...this.#standing, after, memory };
  }

  /**
   * Takes over where another instance left the series. Tests that ended since the last `rest` are done again, unless neither they nor
   * those of the other instance found anything.
   *
   * @param dropped - how many of the first points are not in its regime any more
   */
  follow(standing: Standing, dropped: number): void {
    const foundNothing = dropped === 0 && this.#detector?.regimeStart === this.#start;
    if (!foundNothing || !isTestedAlike(standing, this.#standing)) {
      this.forgetDetector();
      this.#tested = this.length - this.#events.length;
    }
    this.#standing = standing;
    this.#drop(dropped);
  }

  /** Goes on with these options. Where a test has ended, none ends again. */
  goBy(options: ResolvedOptions): void {
    const standing = { ...this.#standing, options };
    if (!isTestedAlike(standing, this.#standing)) this.forgetDetector();
    this.#standing = standing;
  }

  /** Frees the memory of the detector. */
  forgetDetector(): void {
    this.#detector = undefined;
    this.#start = 0;
  }

  /** Frees what is needed only while events are added. */
  rest(): void {
    this.#events = [];
  }

  /** No test ends at events that were tested by others. A detector that has not seen them is of no more use. */
  #skipTested(): void {
    const { testedThrough } = this.#standing;
    if (testedThrough === undefined) return;
    const tested = this.#tested;
    for (let event = this.eventAt(tested); event !== undefined; event = this.eventAt(this.#tested)) {
      if (compareEventKeys(event.eventKey, testedThrough) > 0) break;
      this.#tested++;
    }
    if (this.#tested > tested) this.forgetDetector();
  }

  #drop(count: number): void {
    if (count === 0) return;
    this.points.dropFront(count);
    this.#spans.dropFront(count);
    this.#tested = Math.max(0, this.#tested - count);
    this.#events = this.#events.slice(Math.max(0, this.#events.length - this.length));
  }
}
