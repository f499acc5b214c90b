import { at } from '../../float-list.ts';
import { countBelow, countUpTo } from '../../search.ts';

/** Where few values are sorted: many short lists leave nothing to collect. */
const room = new Float64Array(256);

/**
 * Of each value how many of them are less, minus how many are more: integers with sum 0, twice the centred ranks.
 *
 * @param values - at most 32,767; not modified
 * @param scores - where they are written
 */
export function rankScores(
  values: Float64Array,
  scores: Int16Array = new Int16Array(values.length),
): Int16Array {
  const { length } = values;
  const sorted = length > room.length ? new Float64Array(length) : room.subarray(0, length);
  sorted.set(values);
  sorted.sort();
  for (let index = 0; index < length; index++) {
    const value = at(values, index);
    const less = countBelow(sorted, 0, length, value);
    const next = less + 1;
    const isAlone = next === length || at(sorted, next) !== value;
    const atMost = isAlone ? next : next + countUpTo(sorted, next, length, value);
    scores[index] = less + atMost - length;
  }
  return scores;
}
