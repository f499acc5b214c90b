/**
 * The true change points that a report finds, each with its reported place.
 *
 * A reported place finds a true change point that is at most `margin` points away. It finds at most one. The true change points
 * choose in ascending order: each takes the nearest place that is still free, and the earlier one of two at the same distance.
 * Source: van den Burg & Williams (2020). Pairs are formed as in their program, TCPDBench, except that its order is that of a
 * Python set. Cost: O(truth · margin) time.
 *
 * @param margin - points, at least 0
 */
export function truePositives(
  truth: Iterable<number>,
  reported: Iterable<number>,
  margin: number,
): ReadonlyMap<number, number> {
  const free = new Set(reported);
  const found = new Map<number, number>();
  for (const change of [...new Set(truth)].sort((a, b) => a - b)) {
    const place = nearest(change, free, margin);
    if (place === undefined) continue;
    found.set(change, place);
    free.delete(place);
  }
  return found;
}

function nearest(change: number, places: ReadonlySet<number>, margin: number): number | undefined {
  for (let distance = 0; distance <= margin; distance++) {
    if (places.has(change - distance)) return change - distance;
    if (places.has(change + distance)) return change + distance;
  }
  return undefined;
}
