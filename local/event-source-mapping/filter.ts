import type { FilterPattern, FilterRule } from '../../lib/deployment-limits.ts';
import { passesRule } from './filter-rule.ts';

/** Whether a record passes: it matches one of the patterns, or there are no patterns. */
export function passesFilters(record: unknown, patterns: readonly FilterPattern[]): boolean {
  return patterns.length === 0 || patterns.some((pattern) => matches(record, pattern));
}

/** Every field that the pattern names must pass one of the rules given, or match the pattern inside. */
function matches(value: unknown, pattern: FilterPattern): boolean {
  // If a whole object is missing, all of its fields are missing.
  if (value === null || Array.isArray(value) || (value !== undefined && typeof value !== 'object'))
    return false;
  const fields = (value ?? {}) as Record<string, unknown>;
  return Object.entries(pattern).every(([name, wanted]) => {
    if (name === '$or') return (wanted as readonly FilterPattern[]).some((one) => matches(value, one));
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return isRules(wanted) ? passesOne(field, wanted) : matches(field, wanted as FilterPattern);
  });
}

/** For a list, one matching member is enough. */
function passesOne(field: unknown, rules: readonly FilterRule[]): boolean {
  const values: readonly unknown[] = Array.isArray(field) ? field : [field];
  return rules.some((rule) => values.some((value) => passesRule(value, rule)));
}

function isRules(wanted: FilterPattern[string]): wanted is readonly FilterRule[] {
  return Array.isArray(wanted);
}
