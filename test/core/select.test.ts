import { expect, test } from 'vitest';
import { select } from '../../core/src/median.ts';
import { integer, normal, oneOf, type Random, randomOf } from './random.ts';

const values = (seed: number) => {
  const random = randomOf(seed);
  const value = oneOf<(random: Random, index: number) => number>(random, [
    normal,
    (draw) => integer(draw, 0, 3),
    (_, index) => index,
    (_, index) => -index,
    // The median of three is always near an end.
    (_, index) => (index % 2 === 0 ? index : -index),
    (_, index) => Math.abs(index - 100),
  ]);
  return Float64Array.from({ length: integer(random, 1, 600) }, (_, index) => value(random, index));
};

test('selects what a sort would put there', () => {
  for (let seed = 0; seed < 300; seed++) {
    const sorted = values(seed).sort();
    const rank = integer(randomOf(seed), 0, sorted.length - 1);
    const left = values(seed);
    expect(select(left, rank), `seed ${seed}`).toBe(sorted[rank]);
    // Nothing is lost: the rest can be asked for.
    expect(left.sort()).toEqual(sorted);
  }
});

/** Values of which each round casts off two at most: the largest of its range are at two of the three places that give the pivot. */
function slowToPart(length: number): Float64Array {
  const values = new Float64Array(length);
  const places = Uint32Array.from({ length }, (_, index) => index);
  let value = length;
  for (let high = length - 1; high > 1; ) {
    const middle = high >> 1;
    const [atMiddle, atHigh] = [places[middle] as number, places[high] as number];
    values[atHigh] ||= value--;
    values[atMiddle] ||= value--;
    // The smaller of them is the pivot, and what is larger stays where it is.
    if ((values[atHigh] as number) > (values[atMiddle] as number)) high--;
    places[middle] = places[high] as number;
    places[high] = atMiddle;
    high--;
  }
  return values;
}

test('a search that shrinks too slowly ends with a sort', () => {
  const values = slowToPart(400_000);
  const sorted = values.slice().sort();
  // Without the sort this takes minutes.
  expect(select(values, 10)).toBe(sorted[10]);
});
