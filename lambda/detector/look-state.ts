import type { StoredEvent } from '../event.ts';
import { storePending, withoutPending } from '../notify/store-pending.ts';
import type { LastChunk } from '../regime/chunk.ts';
import { digestOf } from '../regime/digest.ts';
import { type Head, HeadMovedError } from '../tables/head.ts';
import type { Wave } from '../tables/wave.ts';
import { beginsAfter } from './begins-after.ts';
import { afterConflict, type LookParts, type LookProgress } from './look-parts.ts';
import { isAfter, type News, newsOf, oldestOf } from './news.ts';
import { type NextHead, nextAfterReset, nextOf } from './next-head.ts';
import type { Regime } from './regime.ts';
import type { Reset } from './reset.ts';
import { endsBefore, type LookStart, slotsOf, standingOf } from './start-look.ts';

/** Where a look stands: the HEAD as it is stored, and what the next one will say. */
export class LookState {
  readonly #waves: readonly Wave[];
  readonly #progress: LookProgress;
  readonly #parts: LookParts;
  #head: Head;
  #news: News;
  #next: NextHead;
  /** Slots with items that belong to no chain. */
  #strays: readonly number[];
  /** Whether the copies that other instances remember may be stale, and the stored HEAD does not show it yet. */
  #isNews: boolean;
  /** At every event up to this key a test had ended when the look began, or took over from another instance. */
  #testedBefore: string | undefined;
  #fresh = 0;

  constructor(start: LookStart, waves: readonly Wave[], progress: LookProgress, parts: LookParts) {
    const { head, last, strays, isNews } = start;
    this.#waves = waves;
    this.#progress = progress;
    this.#parts = parts;
    this.#head = head;
    this.#news = newsOf(waves, head);
    this.#strays = strays;
    this.#isNews = isNews;
    this.#testedBefore = head.testedThrough;
    this.#next = nextOf(head, isNews, last, this.#news.ahead);
  }

  /** The HEAD as it is stored. What is pending in it is stored too, and the next move takes it out. */
  get head(): Head {
    return this.#head;
  }

  /** What the waves mean to the HEAD from which the look started, or went on after another instance had moved it. */
  get news(): News {
    return this.#news;
  }

  /** How many of the events that were added were new to that HEAD. */
  get fresh(): number {
    return this.#fresh;
  }

  /** Whether no test had ended at this event when the look began, or took over from another instance. */
  isNew(eventKey: string): boolean {
    return isAfter(eventKey, this.#testedBefore);
  }

  get last(): LastChunk | undefined {
    return this.#next.last;
  }

  get strays(): readonly number[] {
    return this.#strays;
  }

  /** Counts events that are added to the regime. */
  count(events: readonly StoredEvent[]): void {
    this.#fresh += events.filter(({ eventKey }) => this.isNew(eventKey)).length;
  }

  /** Keeps a reset for the next HEAD. */
  keep(next: NextHead): void {
    this.#strays = [...this.#strays, ...slotsOf(next.last === undefined ? this.#next.last : undefined)];
    this.#next = next;
  }

  /** The HEAD after a reset. */
  afterReset(regime: Regime, reset: Reset, regimeAfter: string): NextHead {
    const { tested } = reset;
    const digest = tested === undefined ? undefined : this.#digestAt(regime, tested);
    return nextAfterReset(this.#next, regime, reset, regimeAfter, digest);
  }

  /**
   * Ends the look with a HEAD that says that all was tested, unless the stored one says so already.
   *
   * @param ahead - ids of the waves that were tested beyond the news
   * @returns false as `write` does
   */
  async close(regime: Regime, through: string, ahead: readonly string[]): Promise<boolean> {
    const { changes, edition, last, ahead: still } = this.#next;
    const isTested = !isAfter(through, this.#head.testedThrough);
    const isSame = Object.keys(changes).length === 0 && last?.id === this.#head.chunks?.id;
    if (isTested && isSame && !this.#isNews && this.#head.pending === undefined) return true;
    return this.write(regime, {
      changes: { ...changes, ...(!isTested && { testedThrough: through }) },
      edition: { ...edition, digest: this.#digestAt(regime, regime.length) },
      digested: regime.length,
      last,
      ahead: [...new Set([...still, ...ahead])],
    });
  }

  /**
   * Writes into the HEAD that stored chunks are valid. Chunks are stored only after the HEAD was moved, so that an instance which lost that
   * race does not overwrite those of the winner. If another instance moves the HEAD meanwhile, the chunks belong to no chain.
   */
  async endorse(last: LastChunk | undefined): Promise<void> {
    try {
      await this.#move({ ...this.#next, last });
    } catch (error) {
      if (!(error instanceof HeadMovedError)) throw error;
    }
  }

  /** Moves the HEAD although no event is new: other instances then see that what they remember is stale. Takes out what is pending. */
  async moveWithoutTests(): Promise<void> {
    await this.#move(this.#next);
  }

  /**
   * Moves the HEAD.
   *
   * If another instance has moved it meanwhile, and the regime holds what that one tested, the look goes on from there: without another
   * read.
   *
   * @returns false if it was moved by another one, and the regime now stands where that one left it
   * @throws HeadMovedError if the regime must be read anew
   */
  async write(regime: Regime, next: NextHead): Promise<boolean> {
    try {
      await this.#move(next);
      return true;
    } catch (error) {
      if (!(error instanceof HeadMovedError) || error.stored === undefined || this.#isNews) throw error;
      await storePending(error.stored, this.#parts);
      if (!this.#follow(regime, error.stored)) throw error;
      await afterConflict(error, this.#progress, this.#parts);
      return false;
    }
  }

  async #move(next: NextHead): Promise<void> {
    const id = this.#isNews ? this.#parts.newId() : next.edition.id;
    const edition = { ...next.edition, id };
    this.#head = await this.#parts.changePoints.moveHead(this.#head, {
      ...withoutPending(this.#head),
      ...next.changes,
      edition,
      chunks: next.last,
      ahead: next.ahead.length > 0 ? next.ahead : undefined,
    });
    this.#isNews = false;
    this.keep({ ...next, changes: {}, edition });
  }

  /** Takes over where another instance left the series. @returns whether the regime holds all that it tested */
  #follow(regime: Regime, stored: Head): boolean {
    const { edition, testedThrough } = stored;
    const ours = this.#next.edition;
    if (edition === undefined || edition.id !== ours.id || testedThrough === undefined) return false;
    const dropped = edition.start - ours.start;
    const count = regime.countThrough(testedThrough);
    if (!(dropped >= 0 && dropped <= count) || regime.through === undefined) return false;
    if (!beginsAfter(stored.regimeAfter, regime, dropped)) return false;
    if (isAfter(testedThrough, regime.through) || count < this.#covered(regime)) return false;
    if (this.#digestAt(regime, count) !== edition.digest) return false;
    this.#fresh = regime.length - count;
    this.#testedBefore = testedThrough;
    regime.follow(standingOf(stored, this.#parts), dropped);
    this.#head = stored;
    this.#news = newsOf(this.#waves, stored);
    this.#isNews = this.#news.again.length > 0;
    const isChained = endsBefore(stored.chunks, oldestOf(this.#news.again));
    this.#strays = isChained ? [] : slotsOf(stored.chunks);
    const next = nextOf(stored, this.#isNews, isChained ? stored.chunks : undefined, this.#news.ahead);
    this.#next = { ...next, digested: count - dropped };
    return true;
  }

  #covered(regime: Regime): number {
    return this.#next.digested ?? regime.countThrough(this.#head.testedThrough);
  }

  #digestAt(regime: Regime, count: number): string {
    return digestOf(regime.points, this.#covered(regime), count, this.#next.edition.digest);
  }
}
