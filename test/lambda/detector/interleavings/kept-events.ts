import { eventKey } from '../../../../lambda/event.ts';
import type { World } from './world.ts';

/** The events of a series that are stored, the same in several worlds. */
export class KeptEvents {
  /** In order. */
  readonly keys: string[] = [];
  readonly #worlds: readonly World[];
  readonly #start: number;
  #added = 0;

  /** @param start - time of the first event, in epoch milliseconds */
  constructor(worlds: readonly World[], start: number) {
    this.#worlds = worlds;
    this.#start = start;
  }

  /** The key at a share of all. */
  keyAt(share: number): string | undefined {
    return this.keys[Math.floor(share * this.keys.length)];
  }

  /** Stores events after all others, three in each second. @returns their keys */
  add(count: number, level: number): string[] {
    return Array.from({ length: count }, () => {
      const index = this.#added++;
      const timestamp = this.#start + Math.floor(index / 3) * 1000;
      const eventId = index % 3 === 1 ? 'b' : 'a';
      const key = eventKey({
        timestamp,
        ...(index % 3 === 2 && { nanoseconds: 7 }),
        eventId: `${eventId}${index}`,
      });
      return this.put(key, 3 * level + ((index * 7) % 5) / 4);
    });
  }

  /** Stores events after another one and before the next. @returns their keys */
  addBehind(key: string, count: number, value: number): string[] {
    return Array.from({ length: count }, () => this.put(`${key}m${this.#added++}`, value));
  }

  put(key: string, value: number): string {
    for (const world of this.#worlds) world.storeEvent(key, value);
    if (!this.keys.includes(key)) this.keys.push(key);
    this.keys.sort();
    return key;
  }

  remove(key: string): void {
    for (const world of this.#worlds) world.deleteEvent(key);
    this.keys.splice(this.keys.indexOf(key), 1);
  }
}
