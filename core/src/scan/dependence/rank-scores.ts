import { at } from '../../float-list.ts';
import { countBelow, countUpTo } from '../../search.ts';

/**
 * Of each value how many of them are less, minus how many are more: integers with sum 0, twice the centred ranks.
 *
 * @param values - at most 32,767; not modified
 */
export function rankScores(values: Float64Array): Int16Array {
  const { length } = values;
  const sorted = values.slice().sort();
  const scores = new Int16Array(length);
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
