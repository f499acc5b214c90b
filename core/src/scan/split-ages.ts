/** The kept splits of so many points, in ascending order. */
export function splitsOf(points: number): number[] {
  const splits: number[] = [];
  for (let t = points - 1; t > 0; t--) {
    let spacing = spacingAt(points - t);
    // To the next split that may be kept, where the spacing may be wider.
    while (t % spacing !== 0) {
      t -= t % spacing;
      spacing = spacingAt(points - t);
    }
    if (t > 0) splits.push(t);
  }
  return splits.reverse();
}

/** 2^ℓ: a split of this age is kept if it is a multiple of this. */
function spacingAt(age: number): number {
  return 1 << Math.max(0, 29 - Math.clz32(age));
}
