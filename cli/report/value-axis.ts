import { axisLabels } from '../../lambda/axis-labels.ts';

/**
 * A map of values to −1 … 1 for drawing, and back.
 *
 * What is drawn is then of usual size, whether the values are near the largest doubles, near the smallest, or differ in their last digits only.
 */
export interface ValueScale {
  /** The extent, with some room. */
  readonly extent: readonly [number, number];
  toUnit(value: number): number;
  /** The ticks between two places on the unit scale, and their labels. @param count - about so many */
  ticks(from: number, to: number, count: number): readonly ValueTick[];
}

export interface ValueTick {
  /** On the unit scale. */
  readonly at: number;
  readonly label: string;
}

/** Room above and below the values, on the unit scale. */
const room = 0.12;

export function valueScale(values: Iterable<number | null>): ValueScale {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) if (value !== null) [low, high] = [Math.min(low, value), Math.max(high, value)];
  if (low > high) [low, high] = [0, 0];
  // Halves, since the difference of the largest doubles is beyond them.
  const half = high / 2 - low / 2;
  const flat = Math.abs(low) / 20 || 1;
  const toUnit = (value: number) =>
    half > 0 ? ((value / 2 - low / 2) / half) * 2 - 1 : (value - low) / flat;
  const toValue = (unit: number) =>
    finite(half > 0 ? 2 * (low / 2 + ((unit + 1) / 2) * half) : low + unit * flat);
  return {
    extent: [-1 - room, 1 + room],
    toUnit,
    ticks(from, to, count) {
      const isInside = (tick: number) => toUnit(tick) >= from && toUnit(tick) <= to;
      // Where doubles lie far apart, the next one to a tick may lie outside. Then the lowest and the highest value stand in.
      const round = valueTicks(toValue(from), toValue(to), count).filter(isInside);
      const ticks = round.length > 0 ? round : [...new Set([low, high])].filter(isInside);
      const labels = axisLabels(ticks);
      return ticks.map((tick, index) => ({ at: toUnit(tick), label: labels[index] ?? '' }));
    },
  };
}

/** Round numbers between two: about so many, evenly spaced, each once. Next to each other, two doubles have none between them. */
export function valueTicks(low: number, high: number, count: number): readonly number[] {
  const width = high / count - low / count;
  const power = Math.floor(Math.log10(width));
  const unit = 10 ** Math.abs(power);
  if (!(width > 0) || unit === Infinity) return [...new Set([low, high])];
  const multiple = [1, 2, 5].find((one) => one * 10 ** power >= width) ?? 10;
  // A quotient of whole numbers is the double nearest to the decimal; a product with 0.1 need not be.
  const tick = (index: number) => (power < 0 ? (index * multiple) / unit : index * multiple * unit);
  const first = Math.ceil(low / tick(1));
  const ticks = Array.from({ length: count + 2 }, (_, index) => tick(first + index) + 0);
  return [...new Set(ticks)].filter((one) => one >= low && one <= high);
}

function finite(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}
