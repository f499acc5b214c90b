import { types } from 'node:util';

/** An item with a Map for each object in it. A HEAD is written back with whatever options somebody put into it. */
export function withMaps(item: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, asMap(value)]));
}

/**
 * The same value, with a Map for each object. The SDK knows an object by its `constructor`, which any key of that name
 * hides. Of a Map it writes every key.
 */
function asMap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asMap);
  const isObject = typeof value === 'object' && value !== null;
  if (!isObject || types.isSet(value) || types.isUint8Array(value)) return value;
  return new Map(Object.entries(value).map(([name, inner]) => [name, asMap(inner)]));
}
