/**
 * A reader of one field of JSON objects.
 *
 * A name with dots is a path into nested objects, `payload.temp`, or a field of that very name. Names of fields on the path may have dots of
 * their own. If a path leads to several fields, then one that holds more than null or an object, and of those, that of the very name.
 *
 * @returns what the field holds; `undefined` if there is none
 */
export function fieldReader(path: string): (value: unknown) => unknown {
  const steps = path.split('.');
  return (value) => {
    const own = ownField(value, path);
    if (holdsValue(own) || steps.length === 1) return own;
    let inner = value;
    for (const step of steps) inner = ownField(inner, step);
    if (own === undefined && (holdsValue(inner) || steps.length === 2)) return inner;
    const [first, ...others] = fieldsAt(value, path);
    return holdsValue(first) ? first : (others.find(holdsValue) ?? first);
  };
}

/** What a path leads to, where any dot may belong to a name: that of the very name first, then those of the shortest names. */
function* fieldsAt(value: unknown, path: string): Generator {
  const own = ownField(value, path);
  if (own !== undefined) yield own;
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
    const inner = ownField(value, path.slice(0, dot));
    if (inner !== undefined) yield* fieldsAt(inner, path.slice(dot + 1));
  }
}

function holdsValue(value: unknown): boolean {
  return value !== undefined && value !== null && (typeof value !== 'object' || Array.isArray(value));
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
export function* leavesOf(value: unknown, path?: string, depth = 0): Generator<LeafField> {
  const isInner =
    typeof value === 'object' && value !== null && !Array.isArray(value) && depth < deepestField;
  if (isInner && (path ?? '').length <= longestPath) {
    for (const [name, inner] of Object.entries(value))
      yield* leavesOf(inner, path === undefined ? name : `${path}.${name}`, depth + 1);
  } else if (path) yield { path, value };
}
