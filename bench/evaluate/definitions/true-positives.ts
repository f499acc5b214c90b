/**
 * The true change points that a report finds, each with its reported place.
 *
 * A reported place finds a true change point that is at most `margin` points away. It finds at most one. The true change points
 * choose in ascending order: each takes the nearest place that is still free, and the earlier one of two at the same distance.
 * Source: van den Burg & Williams (2020). Pairs are formed as in their program, TCPDBench, except that its order is that of a
 * Python set. Cost: O(truth · reported) time at most, however large the margin.
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
  const reach = Math.min(margin, places.size);
  for (let distance = 0; distance <= reach; distance++) {
    if (places.has(change - distance)) return change - distance;
    if (places.has(change + distance)) return change + distance;
  }
  return reach < margin ? nearestOf(places, change, margin) : undefined;
}

/** Looks at each place: where they lie farther apart than they are many, that is less than to count the distance up. */
function nearestOf(places: Iterable<number>, change: number, margin: number): number | undefined {
  let best: number | undefined;
  let least = margin;
  for (const place of places) {
    const distance = Math.abs(place - change);
    if (distance < least || (distance === least && place < (best ?? Infinity)))
      [best, least] = [place, distance];
  }
  return best;
}
