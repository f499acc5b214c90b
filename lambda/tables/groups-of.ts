/** All in their order, in groups of so many; the last one may have fewer. */
export function groupsOf<One>(all: readonly One[], size: number): readonly One[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, group) =>
    all.slice(group * size, (group + 1) * size),
  );
}
