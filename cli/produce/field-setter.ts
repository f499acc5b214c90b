import { deepestField } from '../../lambda/reading/field-path.ts';

/** Sets a field of a JSON object. */
export type SetField = (object: Record<string, unknown>, value: unknown) => void;

/**
 * Sets the field at a path, `payload.temp`: in nested objects, which are made if absent. Where that cannot be, or
 * is deeper than a pattern looks, the object gets a field of that very name, which is read as well.
 *
 * @param path - as `fieldReader` reads it
 */
export function fieldSetter(path: string): SetField {
  const steps = path.split('.');
  const last = steps.pop() ?? path;
  if (steps.length === 0 || steps.length >= deepestField || last === '' || steps.includes('')) {
    return (object, value) => {
      object[path] = value;
    };
  }
  return (object, value) => {
    let inner = object;
    for (const step of steps) {
      inner[step] ??= Object.create(null);
      const next = inner[step];
      if (typeof next !== 'object' || next === null) {
        object[path] = value;
        return;
      }
      inner = next as Record<string, unknown>;
    }
    inner[last] = value;
  };
}
