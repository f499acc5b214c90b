/**
 * A reader of one field of JSON objects.
 *
 * A name with dots is a path into nested objects, `payload.temp`, unless an object has a field of that very name. Names of fields on the path may
 * have dots of their own.
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
      if (inner === undefined) return steps.length > 2 ? fieldAt(value, path) : undefined;
    }
    return inner;
  };
}

/** The same, where any dot of the path may belong to a name. */
function fieldAt(value: unknown, path: string): unknown {
  const own = ownField(value, path);
  if (own !== undefined) return own;
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
    const inner = ownField(value, path.slice(0, dot));
    const found = inner === undefined ? undefined : fieldAt(inner, path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What an object holds under a name; `undefined` if it is no object or has none. */
export function ownField(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** So deep are fields looked for in nested objects, and no deeper than a path of so many characters, which no name of a series has room for. */
export const deepestField = 8;
const longestPath = 2_048;

/** A field of a JSON value that holds no object. */
export interface LeafField {
  readonly path: string;
  readonly value: unknown;
}

/** All such fields, in their order; one at a time, since their paths may together be far longer than the value. */
export function* leavesOf(value: unknown, before = '', depth = 0): Generator<LeafField> {
  const isInner =
    typeof value === 'object' && value !== null && !Array.isArray(value) && depth < deepestField;
  if (isInner && before.length <= longestPath) {
    for (const [name, inner] of Object.entries(value))
      yield* leavesOf(inner, before === '' ? name : `${before}.${name}`, depth + 1);
  } else if (before !== '') yield { path: before, value };
}
