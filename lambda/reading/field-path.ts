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

/** So deep are fields looked for in nested objects. */
const deepest = 8;

/** The paths of all fields of a JSON value that hold no object, in their order. */
export function leafPaths(value: unknown, before = '', depth = 0): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth === deepest)
    return before === '' ? [] : [before];
  return Object.entries(value).flatMap(([name, inner]) =>
    leafPaths(inner, before === '' ? name : `${before}.${name}`, depth + 1),
  );
}
