/**
 * A reader of one field of JSON objects.
 *
 * A name with dots is a path into nested objects, `payload.temp`, unless the object has a field of that very name.
 *
 * @returns what the field holds; `undefined` if there is none
 */
export function fieldReader(path: string): (value: unknown) => unknown {
  const steps = path.split('.');
  return (value) => {
    const own = ownField(value, path);
    if (own !== undefined || steps.length === 1) return own;
    let inner = value;
    for (const step of steps) {
      inner = ownField(inner, step);
      if (inner === undefined) return undefined;
    }
    return inner;
  };
}

function ownField(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** So deep are fields looked for in nested objects, and no deeper than a path of so many characters, which no name of a series has room for. */
export const deepestField = 8;
const longestPath = 2_048;

/** The paths of all fields of a JSON value that hold no object, in their order; one at a time, since all of them may be far longer than the value. */
export function* leafPaths(value: unknown, before = '', depth = 0): Generator<string> {
  const isInner =
    typeof value === 'object' && value !== null && !Array.isArray(value) && depth < deepestField;
  if (isInner && before.length <= longestPath) {
    for (const [name, inner] of Object.entries(value))
      yield* leafPaths(inner, before === '' ? name : `${before}.${name}`, depth + 1);
  } else if (before !== '') yield before;
}
