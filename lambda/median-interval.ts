/**
 * How far apart the readings of a series are: the median distance of neighbours in time, in milliseconds.
 *
 * Readings of one moment have the distance 0, and a gap is one distance, so that neither matters while most readings come on time.
 *
 * @param times - epoch milliseconds, in the order of the readings
 * @returns `undefined` if there are fewer than two, or if most come at one moment or run backwards
 */
export function medianInterval(times: readonly number[]): number | undefined {
  const distances = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const median = distances.sort((a, b) => a - b)[distances.length >> 1];
  return median !== undefined && median > 0 ? median : undefined;
}
