/** The bounds of a range of keys; without one, it is open on that side. */
export interface KeyRange {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  /** From the last key to the first. */
  readonly reverse?: boolean;
}

/** A block that has outgrown this is split in two. So a new key moves few others. */
const mostInBlock = 512;

/** Texts by key. The keys are in the order of their code units. Each operation takes time logarithmic in their number. */
export class SortedTexts {
  readonly #texts = new Map<string, string>();
  /** All keys in order. No block is empty, but for the only one. */
  readonly #blocks: string[][] = [[]];

  get(key: string): string | undefined {
    return this.#texts.get(key);
  }

  set(key: string, text: string): void {
    const isNew = !this.#texts.has(key);
    this.#texts.set(key, text);
    if (!isNew) return;
    const at = this.#blockOf(key);
    const block = this.#block(at);
    block.splice(countBelow(block, key), 0, key);
    if (block.length > mostInBlock) this.#blocks.splice(at + 1, 0, block.splice(mostInBlock / 2));
  }

  delete(key: string): void {
    if (!this.#texts.delete(key)) return;
    const at = this.#blockOf(key);
    const block = this.#block(at);
    block.splice(countBelow(block, key), 1);
    if (block.length === 0 && this.#blocks.length > 1) this.#blocks.splice(at, 1);
  }

  /** The first keys of a range, up to `most`. */
  keys(range: KeyRange, most: number): string[] {
    const found: string[] = [];
    const { reverse = false } = range;
    const step = reverse ? -1 : 1;
    const start = reverse ? (range.lte ?? range.lt) : (range.gte ?? range.gt);
    let at = start === undefined ? (reverse ? this.#blocks.length - 1 : 0) : this.#blockOf(start);
    let block = this.#block(at);
    let place = start === undefined ? (reverse ? block.length - 1 : 0) : countBelow(block, start);
    if (reverse && start !== undefined && block[place] !== start) place--;
    while (found.length < most) {
      const key = block[place];
      if (key === undefined) {
        at += step;
        const next = this.#blocks[at];
        if (next === undefined) return found;
        block = next;
        place = reverse ? block.length - 1 : 0;
        if (block.length === 0) return found;
        continue;
      }
      if (isBeyond(key, range)) return found;
      if (key !== (reverse ? range.lt : range.gt)) found.push(key);
      place += step;
    }
    return found;
  }

  /** The block where a key is, or belongs: the last one that begins with no greater key. */
  #blockOf(key: string): number {
    let [low, high] = [0, this.#blocks.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#blocks[middle]?.[0] ?? '') <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #block(at: number): string[] {
    return this.#blocks[at] as string[];
  }
}

/** The number of keys of a block that are below a key. */
function countBelow(block: readonly string[], key: string): number {
  let [low, high] = [0, block.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((block[middle] as string) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a range has ended before a key. */
function isBeyond(key: string, { lt, lte, gt, gte, reverse }: KeyRange): boolean {
  if (reverse) return (gt !== undefined && key <= gt) || (gte !== undefined && key < gte);
  return (lt !== undefined && key >= lt) || (lte !== undefined && key > lte);
}
