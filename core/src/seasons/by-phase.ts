/** The indexes of the points of each phase, in order of time. */
export function indexesByPhase(phases: Float64Array): readonly (readonly number[])[] {
  const indexes = new Map<number, number[]>();
  phases.forEach((phase, index) => {
    const known = indexes.get(phase);
    if (known === undefined) indexes.set(phase, [index]);
    else known.push(index);
  });
  return [...indexes.values()];
}
