import type { AttributeValue } from 'aws-lambda';

/** An item as it travels. */
export type Item = Record<string, AttributeValue>;

/** The items of one partition key, in the order of the sort key. */
export class Partition {
  readonly #sortKey: string;
  readonly items: Item[] = [];

  constructor(sortKey: string) {
    this.#sortKey = sortKey;
  }

  get(key: Item | undefined): Item | undefined {
    const item = this.items[this.#placeOf(this.#text(key))];
    return item !== undefined && this.#text(item) === this.#text(key) ? item : undefined;
  }

  put(item: Item): void {
    const place = this.#placeOf(this.#text(item));
    const isThere = this.get(item) !== undefined;
    this.items.splice(place, isThere ? 1 : 0, item);
  }

  delete(key: Item | undefined): void {
    if (this.get(key) !== undefined) this.items.splice(this.#placeOf(this.#text(key)), 1);
  }

  keyOf(item: Item): Item {
    const isKey = ([name]: [string, unknown]) => ['seriesId', 'scope', this.#sortKey].includes(name);
    return Object.fromEntries(Object.entries(item).filter(isKey));
  }

  /** The items of a key condition, from the one after `behind` on. */
  *range(condition: string, values: Item, behind: Item | undefined): Generator<Item> {
    const { low, holds } = conditionOn(condition, values, this.#sortKey);
    const start = behind === undefined ? this.#placeOf(low) : this.#placeOf(this.#text(behind)) + 1;
    for (let place = start; place < this.items.length; place++) {
      const item = this.items[place];
      if (item === undefined || !holds(this.#text(item))) return;
      yield item;
    }
  }

  #text(item: Item | undefined): string {
    return item?.[this.#sortKey]?.S ?? '';
  }

  /** Index of the first item that is not before a key. */
  #placeOf(key: string): number {
    let low = 0;
    let high = this.items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(this.#text(this.items[middle]), key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Where the keys of a condition begin, and whether a key that is not before that is one of them. */
function conditionOn(condition: string, values: Item, sortKey: string) {
  const text = (name: string) => values[name]?.S ?? '';
  const [, onSortKey = ''] =
    condition === '#scope = :scope' ? [] : condition.split('seriesId = :series AND ');
  switch (onSortKey) {
    case '':
      return { low: '', holds: () => true };
    case `begins_with(${sortKey}, :head)`:
      return { low: text(':head'), holds: (key: string) => key.startsWith(text(':head')) };
    case `${sortKey} <= :through`:
      return { low: '', holds: (key: string) => compare(key, text(':through')) <= 0 };
    case `${sortKey} > :after`:
      // No key is between a key and that one.
      return { low: `${text(':after')}\u0000`, holds: () => true };
    case `${sortKey} BETWEEN :first AND :this`:
      return { low: text(':first'), holds: (key: string) => compare(key, text(':this')) <= 0 };
    case `${sortKey} BETWEEN :first AND :last`:
      return { low: text(':first'), holds: (key: string) => compare(key, text(':last')) <= 0 };
    case `${sortKey} BETWEEN :after AND :through`:
      if (compare(text(':after'), text(':through')) > 0)
        throw new RangeError('the lower bound of BETWEEN must not be above the upper one');
      return { low: text(':after'), holds: (key: string) => compare(key, text(':through')) <= 0 };
    default:
      throw new RangeError(`a key condition must be one that the detector uses, got ${condition}`);
  }
}

/** DynamoDB's order. Keys of ASCII characters alone need no bytes for it. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
