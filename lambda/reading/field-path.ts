import { isObject } from './is-object.ts';

/**
 * A reader of one field of JSON objects.
 *
 * A name with dots is a path into nested objects, `payload.temp`, or a field of that very name. Names of fields on the path may have dots of
 * their own. Of several fields that a path leads to, it takes one that holds more than null or an object, if there is one: that of the very
 * name first, then those with the shortest names on the way.
 *
 * @returns what the field holds; `undefined` if there is none
 */
export function fieldReader(path: string): (value: unknown) => unknown {
  const steps = path.split('.');
  return (value) => {
    const own = ownField(value, path);
    if (holdsValue(own) || steps.length === 1) return own;
    let inner = value;
    for (const step of steps) {
      inner = ownField(inner, step);
      if (inner === undefined) break;
    }
    if (holdsValue(inner)) return inner;
    let first = own === undefined ? inner : own;
    for (const one of fieldsAt(value, path)) {
      if (holdsValue(one)) return one;
      if (first === undefined) first = one;
    }
    return first;
  };
}

/** What a path leads to, where any dot may belong to a name; those with the shortest names come first. */
function* fieldsAt(value: unknown, path: string): Generator {
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
    const inner = ownField(value, path.slice(0, dot));
    if (inner !== undefined) yield* fieldsAt(inner, path.slice(dot + 1));
  }
  yield ownField(value, path);
}

/** Whether there is more than null or an object. */
function holdsValue(value: unknown): boolean {
  return value !== undefined && value !== null && !isObject(value);
}

/** What an object holds under a name; `undefined` if it is no object or has none. */
export function ownField(value: unknown, name: string): unknown {
  if (!isObject(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** So deep are fields looked for in nested objects, and no deeper than a path of so many characters, which no name of a series has room for. */
export const deepestField = 8;
const longestPath = 2_048;

/** A field of a JSON value that holds no object, or one that is too deep to look into. */
export interface LeafField {
  readonly path: string;
  /** Of the fields on the way to it, and its own. */
  readonly names: readonly string[];
  readonly value: unknown;
}

/** All such fields, in their order; one at a time, since their paths may together be far longer than the value. */
export function* leavesOf(value: unknown, path = '', names: readonly string[] = []): Generator<LeafField> {
  if (isObject(value) && names.length < deepestField && path.length <= longestPath) {
    for (const [name, inner] of Object.entries(value))
      yield* leavesOf(inner, names.length === 0 ? name : `${path}.${name}`, [...names, name]);
  } else if (names.length > 0) yield { path, names, value };
}

/** Whether `fieldReader` takes the first of two such fields of one path. */
export function isTakenBefore(one: LeafField, other: LeafField): boolean {
  if (holdsValue(one.value) !== holdsValue(other.value)) return holdsValue(one.value);
  if (one.names.length === 1 || other.names.length === 1) return one.names.length === 1;
  const at = one.names.findIndex((name, index) => name !== other.names[index]);
  return (one.names[at]?.length ?? 0) < (other.names[at]?.length ?? 0);
}
