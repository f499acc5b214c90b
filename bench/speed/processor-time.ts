/** Milliseconds of processor time that some work takes, whatever else the machine does meanwhile. */
export function processorMilliseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * The least time of each of some works over several rounds, in milliseconds of processor time.
 *
 * In each round every one has its turn, so that a busy minute of the machine falls on all of them.
 */
export function leastMilliseconds(rounds: number, works: readonly (() => void)[]): number[] {
  const least = works.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++) {
    works.forEach((work, index) => {
      least[index] = Math.min(least[index] ?? 0, processorMilliseconds(work));
    });
  }
  return least;
}
