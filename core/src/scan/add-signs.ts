import { moved } from '../doubles/ordinal.ts';
import { type Offset, sureOf } from '../threshold/offset.ts';

/** So many blocks are searched side by side. */
const width = 8;
/** Where a value belongs in each of them: before the values that it is not above, and before those that it is below. */
const less = new Int32Array(width);
const atMost = new Int32Array(width);

/**
 * Adds Σ_{i≤t} sgn(value − x_i − offset) to the statistic of the split t after each block.
 *
 * @param values - in ascending order inside each block
 * @param starts - where each block starts, and where the last one ends; blocks as those of `KeptSplits`
 * @returns how many values equal `value − offset`
 */
export function addSigns(
  values: Float64Array,
  starts: Int32Array,
  blocks: number,
  value: number,
  offset: Offset,
  statistics: Float64Array,
): number {
  const middle = value - offset.value;
  const reach = offset.reach(value);
  let sum = 0;
  let equal = 0;
  let block = 0;
  for (; block + width <= blocks; block += width) {
    let upper = less;
    if (search(values, starts, block, middle - reach, middle, reach, less)) {
      upper = atMost;
      search(values, starts, block, moved(middle + reach, 1), middle, reach, atMost);
      if (reach > 0 && !areSurelyTied(values, middle, reach)) {
        search(values, starts, block, offset.below(value), middle, reach, less);
        search(values, starts, block, moved(offset.above(value), 1), middle, reach, atMost);
      }
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
    const isNear = !(Math.abs(other - middle) > reach);
    const sign = isNear ? offset.signNear(other, value) : other < middle ? 1 : -1;
    sum += sign;
    if (sign === 0) equal++;
    statistics[block] = (statistics[block] as number) + sum;
  }
  return equal;
}

/** Whether all values between the places found are tied whatever the exact bounds are. */
function areSurelyTied(values: Float64Array, middle: number, reach: number): boolean {
  for (let index = 0; index < width; index++) {
    const from = less[index] as number;
    const to = atMost[index] as number;
    if (from === to) continue;
    if (!isSurelyTied(values[from] as number, middle, reach)) return false;
    if (!isSurelyTied(values[to - 1] as number, middle, reach)) return false;
  }
  return reach < Infinity;
}

function isSurelyTied(value: number, middle: number, reach: number): boolean {
  return Math.abs(value - middle) <= sureOf(reach);
}

/**
 * Finds the places behind all values that are less than `bound`, in eight blocks at once.
 *
 * A step halves what is left of a block. Whether it goes up is a number that is added, not a jump, which the processor would guess wrong half
 * of the time; and while it waits for one block, it works at the seven others. Sizes are powers of 2, and of four blocks in a row the
 * first ones are at most twice as long as the last.
 *
 * @param places - where the places are written
 * @returns whether the value behind one of them may be within reach
 */
function search(
  values: Float64Array,
  starts: Int32Array,
  block: number,
  bound: number,
  middle: number,
  reach: number,
  places: Int32Array,
): boolean {
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
    !(Math.abs((values[a] as number) - middle) > reach) ||
    !(Math.abs((values[b] as number) - middle) > reach) ||
    !(Math.abs((values[c] as number) - middle) > reach) ||
    !(Math.abs((values[d] as number) - middle) > reach) ||
    !(Math.abs((values[e] as number) - middle) > reach) ||
    !(Math.abs((values[f] as number) - middle) > reach) ||
    !(Math.abs((values[g] as number) - middle) > reach) ||
    !(Math.abs((values[h] as number) - middle) > reach)
  );
}
