import type { Surroundings } from '../surroundings.ts';
import type { Outage } from './outage.ts';
import type { Publishing } from './publish-pending.ts';

export interface QueueParts<One> extends Pick<Surroundings, 'clock'> {
  readonly publish: (one: One) => Promise<Publishing>;
  /** Series at work together. */
  readonly atOnce: number;
  readonly outage: Outage;
}

export interface Published<One> {
  readonly published: number;
  readonly failed: readonly (One & { readonly error: unknown })[];
  /** All that may still be pending: what failed, what waits, and what was not tried. */
  readonly left: readonly One[];
}

/**
 * Publishes change points beside other work: several series at once, those of a series one after another, and what came first first.
 *
 * A failure holds up its own series alone. During an outage nothing more is tried.
 */
export class PublishingQueue<One extends { readonly seriesId: string }> {
  readonly #parts: QueueParts<One>;
  /** By series, in the order in which they came. */
  readonly #waiting = new Map<string, One[]>();
  /** Series at work. */
  readonly #busy = new Set<string>();
  /** Series of which a change point is left: later ones must not come before it. */
  readonly #heldUp = new Set<string>();
  readonly #failed: (One & { readonly error: unknown })[] = [];
  readonly #left: One[] = [];
  #published = 0;
  #workers = 0;
  #latest = Number.POSITIVE_INFINITY;
  #ended = () => {};

  constructor(parts: QueueParts<One>) {
    this.#parts = parts;
  }

  /** Adds a change point. If there is room, it is published at once. Those of one series are added in their order. */
  add(one: One): void {
    const others = this.#waiting.get(one.seriesId);
    if (others === undefined) this.#waiting.set(one.seriesId, [one]);
    else others.push(one);
    if (this.#workers < this.#parts.atOnce) void this.#work();
  }

  /** Resolves when all that was added is published or has failed. After so many milliseconds the rest is left. */
  async end(milliseconds: number): Promise<Published<One>> {
    this.#latest = this.#parts.clock().getTime() + milliseconds;
    await new Promise<void>((resolve) => {
      this.#ended = resolve;
      if (this.#workers === 0) resolve();
    });
    return {
      published: this.#published,
      failed: this.#failed,
      left: [...this.#left, ...[...this.#waiting.values()].flat()],
    };
  }

  async #work(): Promise<void> {
    this.#workers++;
    for (let next = this.#take(); next !== undefined; next = this.#take()) {
      await this.#publishInOrder(...next);
      this.#busy.delete(next[0]);
    }
    if (--this.#workers === 0) this.#ended();
  }

  #take(): readonly [string, readonly One[]] | undefined {
    if (this.#isOver) return undefined;
    for (const [seriesId, ones] of this.#waiting) {
      if (this.#busy.has(seriesId)) continue;
      this.#waiting.delete(seriesId);
      this.#busy.add(seriesId);
      return [seriesId, ones];
    }
    return undefined;
  }

  get #isOver(): boolean {
    return this.#parts.outage.isOn || this.#parts.clock().getTime() > this.#latest;
  }

  async #publishInOrder(seriesId: string, ones: readonly One[]): Promise<void> {
    for (const one of ones) {
      if (!this.#heldUp.has(seriesId) && !this.#isOver && (await this.#isDone(one))) continue;
      this.#heldUp.add(seriesId);
      this.#left.push(one);
    }
  }

  async #isDone(one: One): Promise<boolean> {
    const { publish, outage } = this.#parts;
    try {
      const publishing = await publish(one);
      if (publishing === 'published') {
        this.#published++;
        outage.ended();
      }
      return publishing !== 'waits';
    } catch (error) {
      this.#failed.push({ ...one, error });
      outage.failed(error);
      return false;
    }
  }
}
