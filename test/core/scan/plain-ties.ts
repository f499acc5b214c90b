import { JoinedLevels, type Levels } from '../../../core/src/scan/levels.ts';

/** 1 − Σ (c³ − c) / (T³ − T) over the values, each of which is there c times. */
export function tieFactor(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const T = values.length;
  if (T < 2) return 0;
  return 1 - [...counts.values()].reduce((sum, count) => sum + count ** 3 - count, 0) / (T ** 3 - T);
}

/** The same of the values of each phase, all together. */
export function seasonalTieFactor(values: readonly number[], phases: readonly number[]): number {
  let [tied, triples] = [0, 0];
  for (const phase of new Set(phases)) {
    const ofPhase = values.filter((_, index) => phases[index] === phase);
    const counts = new Map<number, number>();
    for (const value of ofPhase) counts.set(value, (counts.get(value) ?? 0) + 1);
    for (const count of counts.values()) tied += (count ** 3 - count) / 3;
    triples += (ofPhase.length ** 3 - ofPhase.length) / 3;
  }
  return triples === 0 ? 0 : 1 - tied / triples;
}

/** How many values lie in each of the cells between and at up to 128 quantiles of the first 64, 128, 256 … of them, of all below 64. */
export function cellCounts(values: readonly number[]): number[] {
  return cellsOf(values, 128).map((isIn) => values.filter(isIn).length);
}

/** The levels by ranks within phases, as shares of the longest phase. @param sign - −1 for the order and signs reversed */
export function seasonalLevels(values: readonly number[], phases: readonly number[], sign: 1 | -1): Levels {
  const cells = cellsOf(values, 32);
  const counts = new Map<number, number>();
  let longest = 0;
  for (const phase of new Set(phases)) {
    const ofPhase = values.filter((_, index) => phases[index] === phase);
    longest = Math.max(longest, ofPhase.length);
    let below = 0;
    for (const isIn of cells) {
      const count = ofPhase.filter(isIn).length;
      const score = sign * (below + count / 2 - ofPhase.length / 2) + 0;
      if (count > 0) counts.set(score, (counts.get(score) ?? 0) + count);
      below += count;
    }
  }
  const scored = [...counts].sort(([one], [other]) => one - other);
  const joined = new JoinedLevels(values.length);
  for (const [score, count] of scored) joined.add(score / longest, count);
  return joined.levels();
}

/** Whether a value lies in each of the cells between and at so many quantiles at most. */
function cellsOf(values: readonly number[], most: number): ((value: number) => boolean)[] {
  const points = values.length < 64 ? values.length : 2 ** Math.floor(Math.log2(values.length));
  const sorted = values.slice(0, points).sort((a, b) => a - b);
  const count = Math.min(most, points);
  const step = points / count;
  const lower = Array.from({ length: Math.ceil(count / 2) }, (_, index) => Math.floor((index + 0.5) * step));
  const places = [...lower, ...lower.map((place) => points - 1 - place)];
  const quantiles = [...new Set(places.map((place) => sorted[place] ?? 0))].sort((a, b) => a - b);
  return Array.from({ length: 2 * quantiles.length + 1 }, (_, cell) => {
    const low = quantiles[Math.floor((cell - 1) / 2)] ?? Number.NEGATIVE_INFINITY;
    const high = quantiles[Math.floor(cell / 2)] ?? Number.POSITIVE_INFINITY;
    return (value) => (cell % 2 === 1 ? value === high : value > low && value < high);
  });
}
