import type { Backoff } from '../backoff.ts';

/** The share of new things that are admitted when the cache is full. */
const admission = 1 / 4;

interface Kept<Thing> {
  readonly name: string;
  readonly thing: Thing;
  readonly size: number;
  /** Its index in the list from which evictions are drawn. */
  place: number;
}

/**
 * A cache of bounded total size with random eviction. When it is full, one in four new things is admitted, and evicts others at random.
 *
 * With "least recently used", things that are used in turn would all be evicted before their next use as soon as they are a little too large
 * together. Here only about as many are missing as there is no room for. What is no longer used is evicted as well, but more slowly.
 */
export class RandomShare<Thing> {
  readonly #most: number;
  readonly #random: Backoff['random'];
  readonly #byName = new Map<string, Kept<Thing>>();
  readonly #list: Kept<Thing>[] = [];
  #size = 0;

  constructor(most: number, random: Backoff['random']) {
    this.#most = most;
    this.#random = random;
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  take(name: string): Thing | undefined {
    const kept = this.#byName.get(name);
    if (kept === undefined) return undefined;
    this.#byName.delete(name);
    const last = this.#list.pop();
    if (last !== undefined && last !== kept) {
      last.place = kept.place;
      this.#list[kept.place] = last;
    }
    this.#size -= kept.size;
    return kept.thing;
  }

  /**
   * Keeps a thing, if it is admitted. A name that is kept already must be taken first.
   *
   * @param wasKept - whether it was kept until just now: then it is always admitted
   * @returns what was evicted for it, or the thing itself if it was not admitted
   */
  keep(name: string, thing: Thing, size: number, wasKept: boolean): readonly (readonly [string, Thing])[] {
    const isFull = this.#size + size > this.#most;
    if (size > this.#most || (isFull && !wasKept && this.#random() >= admission)) return [[name, thing]];
    const gone: [string, Thing][] = [];
    while (this.#size + size > this.#most) {
      const drawn =
        this.#list[Math.min(this.#list.length - 1, Math.floor(this.#random() * this.#list.length))];
      if (drawn === undefined) break;
      this.take(drawn.name);
      gone.push([drawn.name, drawn.thing]);
    }
    const kept = { name, thing, size, place: this.#list.length };
    this.#list.push(kept);
    this.#byName.set(name, kept);
    this.#size += size;
    return gone;
  }
}
