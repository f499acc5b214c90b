/**
 * The true change points that a report finds, each with the reported place that finds it.
 *
 * A place finds a true change point at most `margin` points away, and each place finds one at most. The true ones take their
 * turn in their order, and each takes the nearest place that is left; of two equally near, the earlier one.
 * Source: van den Burg & Williams (2020). How pairs are formed follows their program, TCPDBench, whose order is that of a
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
