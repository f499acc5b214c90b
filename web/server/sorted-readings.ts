import { compareEventKeys } from '../../lambda/event.ts';

interface Reading {
  readonly eventKey: string;
  readonly time: number;
  readonly value: number;
}

/** The newest readings of a series, in the order of their event keys. */
export interface SortedReadings {
  /**
   * Inserts a reading, or replaces the one with the same key.
   *
   * @returns where it is now: after all others, among them, or nowhere, since it is older than all that there is room for
   */
  add(reading: Reading): 'last' | 'amid' | 'nowhere';
  /** Removes the reading of a key; without a key, all. @returns whether there was one */
  remove(eventKey: string | undefined): boolean;
  /** Oldest first. */
  readonly all: readonly Reading[];
  /** @throws RangeError if there is no reading */
  readonly newest: Reading;
  /** Median of the values from a key on. Without a key: of all values. If none is that new: the newest value. */
  medianSince(eventKey: string | undefined): number;
}

export function sortedReadings(room: number): SortedReadings {
  const all: Reading[] = [];
  const newest = () => {
    const last = all.at(-1);
    if (last === undefined) throw new RangeError('newest must not be read before a reading was added');
    return last;
  };
  return {
    add(reading) {
      let place = all.length;
      // A new reading belongs at the end or near it.
      while (place > 0 && compareEventKeys((all[place - 1] as Reading).eventKey, reading.eventKey) >= 0) {
        place--;
      }
      const isSame = all[place]?.eventKey === reading.eventKey;
      if (place === 0 && all.length === room && !isSame) return 'nowhere';
      all.splice(place, isSame ? 1 : 0, reading);
      if (all.length > room) all.shift();
      return !isSame && place >= all.length - 1 ? 'last' : 'amid';
    },
    remove(eventKey) {
      const place = eventKey === undefined ? 0 : all.findIndex((reading) => reading.eventKey === eventKey);
      return place !== -1 && all.splice(place, eventKey === undefined ? all.length : 1).length > 0;
    },
    all,
    get newest() {
      return newest();
    },
    medianSince(eventKey) {
      const values = all
        .filter((reading) => eventKey === undefined || compareEventKeys(reading.eventKey, eventKey) >= 0)
        .map(({ value }) => value)
        .sort((a, b) => a - b);
      const middle = values.length >> 1;
      if (values.length === 0) return newest().value;
      return values.length % 2 === 1
        ? (values[middle] as number)
        : ((values[middle - 1] as number) + (values[middle] as number)) / 2;
    },
  };
}
