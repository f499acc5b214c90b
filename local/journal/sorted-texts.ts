import { OrderedMap } from '@js-sdsl/ordered-map';

/** The bounds of a range of keys; without one, it is open on that side. */
export interface KeyRange {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  /** From the last key to the first. */
  readonly reverse?: boolean;
}

/** Texts by key. The keys are in the order of their code units. Each operation takes time logarithmic in their number. */
export class SortedTexts {
  readonly #texts = new OrderedMap<string, string>([], byCodeUnits);

  get(key: string): string | undefined {
    return this.#texts.getElementByKey(key);
  }

  set(key: string, text: string): void {
    this.#texts.setElement(key, text);
  }

  delete(key: string): void {
    this.#texts.eraseElementByKey(key);
  }

  /** The first rows of a range, up to `most`. */
  rows(range: KeyRange, most: number): readonly [key: string, text: string][] {
    const rows: [string, string][] = [];
    if (this.#texts.empty()) return rows;
    const begin = this.#texts.begin();
    for (const place = this.#first(range); rows.length < most && place.isAccessible(); ) {
      const [key, text] = place.pointer;
      if (isBeyond(key, range)) break;
      rows.push([key, text]);
      if (!range.reverse) place.next();
      else if (place.equals(begin)) break;
      else place.pre();
    }
    return rows;
  }

  #first({ gt, gte, lt, lte, reverse }: KeyRange) {
    if (reverse) {
      if (lte !== undefined) return this.#texts.reverseLowerBound(lte);
      return lt === undefined ? this.#texts.end().pre() : this.#texts.reverseUpperBound(lt);
    }
    if (gte !== undefined) return this.#texts.lowerBound(gte);
    return gt === undefined ? this.#texts.begin() : this.#texts.upperBound(gt);
  }
}

function byCodeUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Whether a range has ended before a key. */
function isBeyond(key: string, { lt, lte, gt, gte, reverse }: KeyRange): boolean {
  if (reverse) return (gt !== undefined && key <= gt) || (gte !== undefined && key < gte);
  return (lt !== undefined && key >= lt) || (lte !== undefined && key > lte);
}
