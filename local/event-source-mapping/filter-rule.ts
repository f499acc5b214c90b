import type { FilterRule } from '../../lib/deployment-limits.ts';

/** Text, number, boolean or null of a record; `undefined` where the field is missing. */
export type Leaf = unknown;

/**
 * Whether a value passes one rule of a pattern.
 *
 * A value alone is equality, of the type as well: "1" is not 1. Text rules hold of text only, numeric ones of numbers
 * only; DynamoDB writes its numbers as text. A missing field passes nothing but `exists: false`.
 * Source: AWS Lambda developer guide, "Control which events Lambda sends to your function".
 */
export function passesRule(value: Leaf, rule: FilterRule): boolean {
  if (typeof rule !== 'object' || rule === null) return value === rule;
  if ('exists' in rule) return rule.exists === isLeaf(value);
  if (value === undefined) return false;
  if ('numeric' in rule) return typeof value === 'number' && isInRange(value, rule.numeric);
  if ('anything-but' in rule) {
    const refused = rule['anything-but'];
    const none = Array.isArray(refused) ? refused : [refused];
    return !none.includes(value);
  }
  if (typeof value !== 'string') return false;
  if ('prefix' in rule) return value.startsWith(rule.prefix);
  if ('suffix' in rule) return value.endsWith(rule.suffix);
  return value.toLowerCase() === rule['equals-ignore-case'].toLowerCase();
}

/** An object is not a leaf. */
function isLeaf(value: Leaf): boolean {
  return value !== undefined && (typeof value !== 'object' || value === null);
}

/** @param range - one comparison or two, each an operator and what the value is compared with */
function isInRange(value: number, range: readonly (string | number)[]): boolean {
  for (let at = 0; at < range.length; at += 2) {
    if (!compares(value, String(range[at]), Number(range[at + 1]))) return false;
  }
  return true;
}

function compares(value: number, operator: string, bound: number): boolean {
  switch (operator) {
    case '=':
      return value === bound;
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    default:
      throw new RangeError(`numeric takes =, <, <=, > and >=, got ${operator}`);
  }
}
