import type { FilterPattern } from '../../lib/limits.ts';

/** Whether a record passes: it matches one of the patterns, or there is none. */
export function passesFilters(record: unknown, patterns: readonly FilterPattern[]): boolean {
  return patterns.length === 0 || patterns.some((pattern) => matches(record, pattern));
}

/** Every field that the pattern names must be there with one of the values given, or match the pattern inside. */
function matches(value: unknown, pattern: FilterPattern): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  return Object.entries(pattern).every(([name, wanted]) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return isValues(wanted) ? wanted.some((value) => value === field) : matches(field, wanted);
  });
}

function isValues(wanted: readonly string[] | FilterPattern): wanted is readonly string[] {
  return Array.isArray(wanted);
}
