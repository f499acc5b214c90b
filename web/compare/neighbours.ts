/** How much neighbouring readings resemble each other, and the standard error of that where they do not at all. */
export interface Resemblance {
  readonly correlation: number;
  readonly error: number;
}

/** Adds up the resemblance of neighbours, level by level: a shift between two levels does not count. */
export interface Neighbours {
  /** @param level - readings of one level, oldest first; fewer than 8 say too little and are left out */
  add(level: readonly number[]): void;
  /**
   * The lag-1 correlation of ranks, each level with ranks of its own: of all levels so far, and of one that has not ended.
   * `undefined` if they say nothing.
   */
  resemblanceWith(last: readonly number[]): Resemblance | undefined;
}

const fewestReadings = 8;
/** In a level of n readings a correlation of r shows as r − (1 + 3r)/n on average: Kendall (1954), Marriott & Pope (1954). */
const lost = { constant: 1, slope: 3 };

interface Sums {
  readonly correlation: number;
  readonly readings: number;
  readonly weight: number;
}

/** Memory: a few numbers. Cost: that of sorting each level. */
export function neighbours(): Neighbours {
  let sums: Sums = { correlation: 0, readings: 0, weight: 0 };
  return {
    add(level) {
      sums = withLevel(sums, level);
    },
    resemblanceWith(last) {
      const { correlation, readings, weight } = withLevel(sums, last);
      if (readings === 0) return undefined;
      return { correlation: Math.min(1, correlation / weight), error: Math.sqrt(readings) / weight };
    },
  };
}

function withLevel(sums: Sums, level: readonly number[]): Sums {
  const correlation = level.length < fewestReadings ? undefined : rankCorrelation(level);
  if (correlation === undefined) return sums;
  return {
    correlation: sums.correlation + level.length * correlation + lost.constant,
    readings: sums.readings + level.length,
    weight: sums.weight + level.length - lost.slope,
  };
}

/** The lag-1 correlation of the ranks; equal values share theirs. `undefined` if all are equal. */
function rankCorrelation(level: readonly number[]): number | undefined {
  const middle = (level.length - 1) / 2;
  const ranks = ranksOf(level);
  let products = 0;
  let squares = 0;
  let before = 0;
  for (const value of level) {
    const rank = (ranks.get(value) ?? middle) - middle;
    products += rank * before;
    squares += rank * rank;
    before = rank;
  }
  return squares === 0 ? undefined : products / squares;
}

function ranksOf(level: readonly number[]): ReadonlyMap<number, number> {
  const sorted = Float64Array.from(level).sort();
  const ranks = new Map<number, number>();
  for (let first = 0, end = 0; first < sorted.length; first = end) {
    const value = sorted[first] as number;
    while (end < sorted.length && sorted[end] === value) end++;
    ranks.set(value, (first + end - 1) / 2);
  }
  return ranks;
}
