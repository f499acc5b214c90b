/** So many blocks are searched side by side. */
const width = 8;
/** Where a value belongs in each of them: before the values that it is not above, and before those that it is below. */
const less = new Int32Array(width);
const atMost = new Int32Array(width);

/** What a difference is compared with. */
export interface Offset {
  readonly value: number;
  /** The double below it. */
  readonly below: number;
}

/**
 * Adds Σ_{i≤t} sgn(value − x_i − offset) to the statistic of the split t after each block.
 *
 * The difference is rounded once and then compared, as everywhere in this package.
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
  let sum = 0;
  let equal = 0;
  let block = 0;
  for (; block + width <= blocks; block += width) {
    let upper = less;
    if (search(values, starts, block, value, offset.value, less)) {
      upper = atMost;
      search(values, starts, block, value, offset.below, atMost);
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
    const difference = value - (values[starts[block] as number] as number);
    const below = Number(difference > offset.value);
    const notAbove = Number(difference >= offset.value);
    sum += below + notAbove - 1;
    equal += notAbove - below;
    statistics[block] = (statistics[block] as number) + sum;
  }
  return equal;
}

/**
 * Finds the places behind all values that lie below `value` by more than `bound`, in eight blocks at once.
 *
 * A step halves what is left of a block. Whether it goes up is a number that is added, not a jump, which the processor would guess wrong half
 * of the time; and while it waits for one block, it works at the seven others. Sizes are powers of 2, and of four blocks in a row the
 * first ones are at most twice as long as the last.
 *
 * @param places - where the places are written
 * @returns whether a value may lie below `value` by just `bound`
 */
function search(
  values: Float64Array,
  starts: Int32Array,
  block: number,
  value: number,
  bound: number,
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
    a += Math.imul(Number(value - (values[a + long - 1] as number) > bound), b - a - long);
    b += Math.imul(Number(value - (values[b + long - 1] as number) > bound), c - b - long);
    c += Math.imul(Number(value - (values[c + long - 1] as number) > bound), d - c - long);
  }
  if (f - e > short) {
    e += Math.imul(Number(value - (values[e + short - 1] as number) > bound), f - e - short);
    f += Math.imul(Number(value - (values[f + short - 1] as number) > bound), g - f - short);
    g += Math.imul(Number(value - (values[g + short - 1] as number) > bound), h - g - short);
  }
  let shift = 30 - Math.clz32(long);
  for (const shifts = 30 - Math.clz32(short); shift > shifts; shift--) {
    const half = (1 << shift) - 1;
    a += Number(value - (values[a + half] as number) > bound) << shift;
    b += Number(value - (values[b + half] as number) > bound) << shift;
    c += Number(value - (values[c + half] as number) > bound) << shift;
    d += Number(value - (values[d + half] as number) > bound) << shift;
  }
  for (; shift >= 0; shift--) {
    const half = (1 << shift) - 1;
    a += Number(value - (values[a + half] as number) > bound) << shift;
    b += Number(value - (values[b + half] as number) > bound) << shift;
    c += Number(value - (values[c + half] as number) > bound) << shift;
    d += Number(value - (values[d + half] as number) > bound) << shift;
    e += Number(value - (values[e + half] as number) > bound) << shift;
    f += Number(value - (values[f + half] as number) > bound) << shift;
    g += Number(value - (values[g + half] as number) > bound) << shift;
    h += Number(value - (values[h + half] as number) > bound) << shift;
  }
  a += Number(value - (values[a] as number) > bound);
  b += Number(value - (values[b] as number) > bound);
  c += Number(value - (values[c] as number) > bound);
  d += Number(value - (values[d] as number) > bound);
  e += Number(value - (values[e] as number) > bound);
  f += Number(value - (values[f] as number) > bound);
  g += Number(value - (values[g] as number) > bound);
  h += Number(value - (values[h] as number) > bound);
  places[0] = a;
  places[1] = b;
  places[2] = c;
  places[3] = d;
  places[4] = e;
  places[5] = f;
  places[6] = g;
  places[7] = h;
  return (
    value - (values[a] as number) === bound ||
    value - (values[b] as number) === bound ||
    value - (values[c] as number) === bound ||
    value - (values[d] as number) === bound ||
    value - (values[e] as number) === bound ||
    value - (values[f] as number) === bound ||
    value - (values[g] as number) === bound ||
    value - (values[h] as number) === bound
  );
}
