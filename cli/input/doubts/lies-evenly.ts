import { type Field, textOf, textsOf } from '../field.ts';

/** So many different numbers, at least, show how they lie. */
const fewest = 10;
/** Of numbers that were drawn, half lie so near to the middle distance. */
const mostly = 0.9;

/**
 * Whether each row has another number, or time of day, and they lie at about equal distances beside each other: times do so, in whatever order
 * the rows stand, and measured values do not. Of several series, that of the first row tells.
 */
export function liesEvenly(field: Field, rows: readonly unknown[], series: Field | undefined): boolean {
  const nameOf = (row: unknown) => series && textOf(series.of(row));
  const own = rows.filter((row) => nameOf(row) === nameOf(rows[0]));
  const numbers = textsOf(field, own).map(numberIn);
  const sorted = [...new Set(numbers)].filter((number) => !Number.isNaN(number)).sort((a, b) => a - b);
  const distances = sorted.slice(1).map((number, index) => number - (sorted[index] as number));
  const middle = distances.toSorted((a, b) => a - b)[distances.length >> 1] ?? 0;
  const alike = distances.filter((distance) => distance >= middle / 2 && distance <= 2 * middle);
  return (
    sorted.length >= fewest &&
    sorted.length >= mostly * numbers.length &&
    alike.length >= mostly * distances.length
  );
}

/** A number, or the seconds of `8:05:00`. */
function numberIn(text: string): number {
  return text
    .replace(',', '.')
    .split(':')
    .reduce((sum, part) => 60 * sum + Number(part), 0);
}
