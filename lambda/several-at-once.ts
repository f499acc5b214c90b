/**
 * Does some work for each of many, at most so many at once. The next begins as soon as one is done, in the order given.
 *
 * @param work - must not throw
 */
export async function severalAtOnce<One>(
  many: readonly One[],
  most: number,
  work: (one: One) => Promise<void>,
): Promise<void> {
  const waiting = many.values();
  const lane = async () => {
    for (const one of waiting) await work(one);
  };
  await Promise.all(Array.from({ length: Math.min(most, many.length) }, lane));
}
