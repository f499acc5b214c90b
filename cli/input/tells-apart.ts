import { type Field, textOf } from './field.ts';

/** More different texts than a row in so many are no names of series. */
const rowsOfEach = 4;
/** So many rows have another text than the one before, where rows of several series are mixed. */
const leastAlternation = 0.2;
/** So much of the scatter of the values is between series, where these are mixed up. */
const leastShare = 0.5;

interface Sums {
  count: number;
  sum: number;
  squares: number;
}

/**
 * Whether a column seems to tell several series apart by their values: its few texts alternate, and the values of each are more alike than all are.
 *
 * Cost: one pass over the rows.
 */
export function tellsApart(column: Field, values: Field, rows: readonly unknown[]): boolean {
  const all: Sums = { count: 0, sum: 0, squares: 0 };
  const groups = new Map<string, Sums>();
  let [before, alternations]: [string | undefined, number] = [undefined, 0];
  for (const row of rows) {
    const text = textOf(column.of(row)) ?? '';
    const value = Number(textOf(values.of(row))?.replace(',', '.') || Number.NaN);
    if (text === '' || !Number.isFinite(value)) continue;
    if (before !== undefined && text !== before) alternations++;
    before = text;
    const group = groups.get(text) ?? { count: 0, sum: 0, squares: 0 };
    groups.set(text, group);
    for (const sums of [all, group]) {
      sums.count++;
      sums.sum += value;
      sums.squares += value * value;
    }
  }
  if (groups.size < 2 || groups.size > all.count / rowsOfEach) return false;
  if (alternations < leastAlternation * all.count) return false;
  const within = [...groups.values()].reduce((sum, group) => sum + scatter(group), 0);
  return within <= (1 - leastShare) * scatter(all);
}

/** The sum of squares about the mean. */
function scatter({ count, sum, squares }: Sums): number {
  return squares - (sum * sum) / count;
}
