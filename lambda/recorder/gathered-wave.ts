import { compareEventKeys, type Event, eventKey } from '../event.ts';
import type { Problem } from './quarantine.ts';

/** The events of one series in a wave. */
export interface SeriesWave {
  /** Place in the batch of the first record that holds one of them. */
  readonly place: number;
  /** By event key. Of entries with one key the last stands, as if they were written in turn. */
  readonly events: Map<string, Event>;
  /** Entries that these events stand for. */
  entries: number;
}

/** A record that is not all events. */
export interface BadRecord {
  readonly place: number;
  readonly problems: readonly Problem[];
}

/** What the recorder writes together: events of any series, and the records to be set aside. */
export class GatheredWave {
  readonly #full: number;
  readonly #series = new Map<string, SeriesWave>();
  readonly #bad: BadRecord[] = [];
  #size = 0;

  /** @param full - events and problems of a full wave */
  constructor(full: number) {
    this.#full = full;
  }

  get series(): readonly SeriesWave[] {
    return [...this.#series.values()];
  }

  get bad(): readonly BadRecord[] {
    return this.#bad;
  }

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  /** Whether it is time to write it. One record with many problems may make it larger. */
  get isFull(): boolean {
    return this.#size >= this.#full;
  }

  /** @param place - of the event's record in the batch */
  add(event: Event, place: number): void {
    const series = this.#series.get(event.seriesId) ?? { place, events: new Map(), entries: 0 };
    if (series.entries === 0) this.#series.set(event.seriesId, series);
    const { size } = series.events;
    series.events.set(eventKey(event), event);
    series.entries++;
    this.#size += series.events.size - size;
  }

  setAside(bad: BadRecord): void {
    this.#bad.push(bad);
    this.#size += bad.problems.length;
  }
}

/** The keys of the oldest and the newest event. */
export function endsOf({ events }: SeriesWave): { readonly oldest: string; readonly newest: string } {
  const [first = '', ...others] = events.keys();
  let [oldest, newest] = [first, first];
  for (const key of others) {
    if (compareEventKeys(key, oldest) < 0) oldest = key;
    else if (compareEventKeys(key, newest) > 0) newest = key;
  }
  return { oldest, newest };
}
