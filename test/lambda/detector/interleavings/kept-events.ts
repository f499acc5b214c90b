import { eventKey } from '../../../../lambda/event.ts';
import { markOf, type Wave, type WaveMark } from '../../../../lambda/tables/wave.ts';
import type { World } from './world.ts';

/** The events of a series that are stored, the same in several worlds. */
export class KeptEvents {
  /** In order. */
  readonly keys: string[] = [];
  readonly #worlds: readonly World[];
  readonly #start: number;
  readonly #values = new Map<string, number>();
  /** The marks of closing events. */
  readonly #closing = new Map<string, WaveMark>();
  #added = 0;
  #closed = 0;

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

  /** As the recorder does: an event that closed a wave closes none then. */
  put(key: string, value: number): string {
    for (const world of this.#worlds) world.storeEvent(key, value);
    this.#closing.delete(key);
    this.#values.set(key, value);
    if (!this.keys.includes(key)) this.keys.push(key);
    this.keys.sort();
    return key;
  }

  /** Gives a stored event another value by hand. Its mark stays. */
  edit(key: string, value: number): void {
    const mark = this.#closing.get(key);
    for (const world of this.#worlds) world.storeEvent(key, value, mark);
    this.#values.set(key, value);
  }

  /** Marks the last of stored events as the closing one of their wave. */
  close(keys: readonly string[]): Wave[] {
    const [oldest, closing] = [keys.toSorted().at(0), keys.toSorted().at(-1)];
    if (oldest === undefined || closing === undefined) return [];
    const wave = { oldest, closing, count: keys.length };
    const mark = markOf(wave, String(this.#closed++));
    for (const world of this.#worlds) world.storeEvent(closing, this.#values.get(closing) ?? 0, mark);
    this.#closing.set(closing, mark);
    return [{ ...wave, id: mark.id }];
  }

  remove(key: string): void {
    for (const world of this.#worlds) world.deleteEvent(key);
    this.keys.splice(this.keys.indexOf(key), 1);
    this.#closing.delete(key);
  }
}
