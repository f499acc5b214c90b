/**
 * Whether two items in DynamoDB's JSON are equal, so that a write changes nothing. The order of attributes and of the
 * members of sets does not matter.
 *
 * `isDeepStrictEqual` would not do: it compares prototypes, and dynalite's updated items have none.
 */
export function sameItem(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return false;
    const [left, right] = isSet(a) && isSet(b) ? [a.toSorted(), b.toSorted()] : [a, b];
    return left.every((member, index) => sameItem(member, right[index]));
  }
  if (!isObject(a) || !isObject(b)) return a === b;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => sameItem(a[name], b[name]));
}

/** Members of a set are bare strings, whatever their type; those of a list are typed. */
function isSet(members: readonly unknown[]): members is readonly string[] {
  return members.every((member) => typeof member === 'string');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
