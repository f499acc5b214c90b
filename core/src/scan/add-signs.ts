import { nextDouble } from '../doubles/ordinal.ts';
import { countBelow, countUpTo } from '../search.ts';
import { type Offset, sureOf } from '../threshold/offset.ts';

/** So many blocks are searched side by side. */
const width = 8;
/** Where ties begin in each of them, and where they end: `search` writes them. */
const less = new Int32Array(width);
const atMost = new Int32Array(width);
/** The numbers that `search` and its helpers compare with. They stand in a list for speed: a double that is passed to a function may be allocated each time. */
const bounds = new Float64Array(3);
/** The places of the list: the middle and the reach of the ties, and the bound that is searched for. */
const center = 0;
const around = 1;
const sought = 2;

/**
 * Adds Σ_{i≤t} sgn(value − x_i − offset) to the statistic of the split t after each block.
 *
 * Most values have no other within reach of a tie, or only such as are surely tied. The exact bounds of the offset are worked out for the rest only.
 *
 * @param values - in ascending order inside each block
 * @param starts - where each block starts, and where the last one ends; blocks as those of `KeptSplits`
 * @param expectsMany - whether a search for the last tie of a block is quicker than steps from the first one; changes nothing but the time that it takes
 * @returns how many values are tied with `value − offset`
 */
export function addSigns(
  values: Float64Array,
  starts: Int32Array,
  blocks: number,
  value: number,
  offset: Offset,
  statistics: Float64Array,
  expectsMany: boolean,
): number {
  const middle = value - offset.value;
  const reach = offset.reach(value);
  bounds[center] = middle;
  bounds[around] = reach;
  let sum = 0;
  let equal = 0;
  let block = 0;
  for (; block + width <= blocks; block += width) {
    bounds[sought] = middle - reach;
    const isNear = search(values, starts, block, less);
    let upper = less;
    if (isNear) {
      upper = atMost;
      if (expectsMany) {
        bounds[sought] = nextDouble(middle + sureOf(reach));
        search(values, starts, block, atMost);
      } else atMost.set(less);
      // Without an offset all ties that a search has found are sure.
      if (!expectsMany || reach !== 0)
        for (let index = 0; index < width; index++)
          findTies(values, starts[block + index + 1] as number, index, value, offset);
    }
    let start = starts[block] as number;
    for (let index = 0; index < width; index++) {
      const end = starts[block + index + 1] as number;
      const below = less[index] as number;
      const notAbove = upper[index] as number;
      sum += below + notAbove - start - end;
      equal += notAbove - below;
      statistics[block + index] = (statistics[block + index] as number) + sum;
      start = end;
    }
  }
  // The last seven blocks have one value each.
  for (; block < blocks; block++) {
    const other = values[starts[block] as number] as number;
    let sign = 2 * Number(other < middle) - 1;
    if (Math.abs(other - middle) <= reach) sign = offset.signNear(other, value);
    sum += sign;
    equal += Number(sign === 0);
    statistics[block] = (statistics[block] as number) + sum;
  }
  return equal;
}

/** Finds the places of the ties of a block, if the value that was found may be one. */
function findTies(values: Float64Array, end: number, index: number, value: number, offset: Offset): void {
  const middle = bounds[center] as number;
  const reach = bounds[around] as number;
  const found = less[index] as number;
  // Behind the last value of a block comes another block.
  if (found === end || Math.abs((values[found] as number) - middle) > reach) return;
  const sure = sureOf(reach);
  bounds[sought] = middle + sure;
  let first = found;
  let last = gallop(values, atMost[index] as number, end);
  const isSure =
    (values[found] as number) >= middle - sure && (last === end || (values[last] as number) > middle + reach);
  if (!isSure) {
    first += countBelow(values, found, end, offset.below(value));
    last = found + countUpTo(values, found, end, offset.above(value));
  }
  less[index] = first;
  atMost[index] = last;
}

/** The first place from `start` on, up to `end`, whose value exceeds the bound that is sought. It is near as a rule. */
function gallop(values: Float64Array, start: number, end: number): number {
  const bound = bounds[sought] as number;
  let place = start;
  let step = 1;
  for (; place + step <= end && (values[place + step - 1] as number) <= bound; step *= 2) place += step;
  for (; step > 0; step >>= 1)
    if (place + step <= end && (values[place + step - 1] as number) <= bound) place += step;
  return place;
}

/**
 * Finds the places behind all values that are below what is sought, in eight blocks at once.
 *
 * A step halves what is left of a block. Whether it goes up is a number that is added, not a jump, which the processor would guess wrong half
 * of the time; and while it waits for one block, it works at the seven others. Sizes are powers of 2, and of four blocks in a row the
 * first ones are at most twice as long as the last.
 *
 * @param places - where the places are written
 * @returns whether the value behind may be tied in one of them
 */
function search(values: Float64Array, starts: Int32Array, block: number, places: Int32Array): boolean {
  const middle = bounds[center] as number;
  const reach = bounds[around] as number;
  const bound = bounds[sought] as number;
  let a = starts[block] as number;
  let b = starts[block + 1] as number;
  let c = starts[block + 2] as number;
  let d = starts[block + 3] as number;
  let e = starts[block + 4] as number;
  let f = starts[block + 5] as number;
  let g = starts[block + 6] as number;
  let h = starts[block + 7] as number;
  const long = e - d;
  const short = (starts[block + 8] as number) - h;
  if (b - a > long) {
    a += Math.imul(Number((values[a + long - 1] as number) < bound), b - a - long);
    b += Math.imul(Number((values[b + long - 1] as number) < bound), c - b - long);
    c += Math.imul(Number((values[c + long - 1] as number) < bound), d - c - long);
  }
  if (f - e > short) {
    e += Math.imul(Number((values[e + short - 1] as number) < bound), f - e - short);
    f += Math.imul(Number((values[f + short - 1] as number) < bound), g - f - short);
    g += Math.imul(Number((values[g + short - 1] as number) < bound), h - g - short);
  }
  let shift = 30 - Math.clz32(long);
  for (const shifts = 30 - Math.clz32(short); shift > shifts; shift--) {
    const half = (1 << shift) - 1;
    a += Number((values[a + half] as number) < bound) << shift;
    b += Number((values[b + half] as number) < bound) << shift;
    c += Number((values[c + half] as number) < bound) << shift;
    d += Number((values[d + half] as number) < bound) << shift;
  }
  for (; shift >= 0; shift--) {
    const half = (1 << shift) - 1;
    a += Number((values[a + half] as number) < bound) << shift;
    b += Number((values[b + half] as number) < bound) << shift;
    c += Number((values[c + half] as number) < bound) << shift;
    d += Number((values[d + half] as number) < bound) << shift;
    e += Number((values[e + half] as number) < bound) << shift;
    f += Number((values[f + half] as number) < bound) << shift;
    g += Number((values[g + half] as number) < bound) << shift;
    h += Number((values[h + half] as number) < bound) << shift;
  }
  a += Number((values[a] as number) < bound);
  b += Number((values[b] as number) < bound);
  c += Number((values[c] as number) < bound);
  d += Number((values[d] as number) < bound);
  e += Number((values[e] as number) < bound);
  f += Number((values[f] as number) < bound);
  g += Number((values[g] as number) < bound);
  h += Number((values[h] as number) < bound);
  places[0] = a;
  places[1] = b;
  places[2] = c;
  places[3] = d;
  places[4] = e;
  places[5] = f;
  places[6] = g;
  places[7] = h;
  return (
    Math.abs((values[a] as number) - middle) <= reach ||
    Math.abs((values[b] as number) - middle) <= reach ||
    Math.abs((values[c] as number) - middle) <= reach ||
    Math.abs((values[d] as number) - middle) <= reach ||
    Math.abs((values[e] as number) - middle) <= reach ||
    Math.abs((values[f] as number) - middle) <= reach ||
    Math.abs((values[g] as number) - middle) <= reach ||
    Math.abs((values[h] as number) - middle) <= reach
  );
}
