/**
 * A reader of one field of JSON objects.
 *
 * A name with dots is a path into nested objects, `payload.temp`, or a field of that very name. Names of fields on the path may have dots of
 * their own. Of several fields that a path leads to, those come first that hold more than null or an object: of them the one of that very
 * name, then the one that each dot leads to, then the first.
 *
 * @returns what the field holds; `undefined` if there is none
 */
export function fieldReader(path: string): (value: unknown) => unknown {
  const steps = path.split('.');
  return (value) => {
    const plain = plainField(value, path, steps);
    if (holdsValue(plain) || steps.length <= 2) return plain;
    let first = plain;
    for (const one of fieldsAt(value, path)) {
      if (holdsValue(one)) return one;
      if (first === undefined) first = one;
    }
    return first;
  };
}

/** The field of that very name, or the one that each dot of the path leads to. @param steps - the path, cut at its dots */
export function plainField(value: unknown, path: string, steps: readonly string[]): unknown {
  const own = ownField(value, path);
  if (holdsValue(own) || steps.length === 1) return own;
  let inner = value;
  for (const step of steps) inner = ownField(inner, step);
  return holdsValue(inner) || own === undefined ? inner : own;
}

/** What a path leads to, where any dot may belong to a name; in the order of the fields. */
function* fieldsAt(value: unknown, path: string): Generator {
  if (!isObject(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    if (name === path) yield inner;
    else if (path.startsWith(name) && path[name.length] === '.')
      yield* fieldsAt(inner, path.slice(name.length + 1));
  }
}

/** Whether there is more than null or an object. */
export function holdsValue(value: unknown): boolean {
  return value !== undefined && value !== null && !isObject(value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What an object holds under a name; `undefined` if it is no object or has none. */
export function ownField(value: unknown, name: string): unknown {
  if (!isObject(value)) return undefined;
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
  if (isObject(value) && depth < deepestField && (path ?? '').length <= longestPath) {
    for (const [name, inner] of Object.entries(value))
      yield* leavesOf(inner, path === undefined ? name : `${path}.${name}`, depth + 1);
  } else if (path) yield { path, value };
}
