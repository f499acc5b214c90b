/** How many of their random inputs tests take: SHARE_OF_RUNS, a quarter unless given. CI takes all of them once, and few in the run with mutants, which is some fifty times slower. */
export const shareOfRuns = Number(process.env.SHARE_OF_RUNS ?? 0.25);

/** The share of so many runs; at least one. */
export function runsOf(count: number): number {
  return Math.ceil(shareOfRuns * count);
}

/** The share of so many seeds, from 0 on; at least one. */
export function seedsOf(count: number): number[] {
  return Array.from({ length: runsOf(count) }, (_, seed) => seed);
}
