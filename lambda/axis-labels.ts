import { typeset } from './figures.ts';

/** So many significant digits tell any two doubles apart. */
const mostDigits = 17;

/**
 * The labels of the ticks of an axis of values: as few digits as show each of them to a hundredth of their distance, so that no two look alike.
 *
 * @param ticks - in ascending order, evenly spaced
 */
export function axisLabels(ticks: readonly number[]): readonly string[] {
  const [first = 0, second = first] = ticks;
  const tolerance = (second - first) / 100;
  let digits = 1;
  while (digits < mostDigits && !ticks.every((tick) => isNear(tick, digits, tolerance))) digits++;
  return ticks.map((tick) => typeset.level(tick, digits));
}

function isNear(tick: number, digits: number, tolerance: number): boolean {
  return Math.abs(Number(tick.toPrecision(digits)) - tick) <= tolerance;
}
