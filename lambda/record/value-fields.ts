import { valueFieldsOf } from '../field-settings.ts';
import { processingLimits } from '../processing-limits.ts';
import { fieldReader, isTakenBefore, type LeafField, leavesOf } from '../reading/field-path.ts';
import { isNamePattern, namePattern } from '../reading/name-pattern.ts';

/** One field of a JSON object that should hold a number. */
export interface FoundValue {
  /** The path of the field. */
  readonly field: string;
  /** What it holds; `undefined` if there is no such field. */
  readonly value: unknown;
}

/** Finds the values of a JSON object. */
export interface ValueFields {
  /** Whether each value is a series of its own, whose name ends with the field. */
  readonly areSeries: boolean;
  /** At least one. That of a missing field is `undefined`. */
  of(candidate: unknown): readonly FoundValue[];
}

type Finder = ValueFields['of'];

/**
 * The values that the setting `valueField` names.
 *
 * A name must be in every object. A pattern must match a field of every object. Of the fields that it matches, it takes those that are
 * not null.
 *
 * @param taken - fields that no pattern matches, since they hold something else
 */
export function valueFields(setting: string, taken: readonly string[]): ValueFields {
  const names = valueFieldsOf(setting);
  const finders = names.map((name) => (isNamePattern(name) ? patternFinder(name, taken) : nameFinder(name)));
  const [only] = finders;
  if (only !== undefined && finders.length === 1) return { areSeries: isNamePattern(setting), of: only };
  const each: Finder = (candidate) => {
    const found = new Map<string, FoundValue>();
    for (const find of finders) {
      for (const one of find(candidate)) if (!found.has(one.field)) found.set(one.field, one);
    }
    return [...found.values()];
  };
  return { areSeries: true, of: each };
}

function nameFinder(field: string): Finder {
  const read = fieldReader(field);
  return (candidate) => [{ field, value: read(candidate) }];
}

function patternFinder(pattern: string, taken: readonly string[]): Finder {
  const matches = namePattern(pattern);
  return (candidate) => {
    const there = new Map<string, LeafField>();
    let empty: FoundValue = { field: pattern, value: undefined };
    for (const leaf of leavesOf(candidate)) {
      const { path: field, value } = leaf;
      // A field without a name would make a series without one.
      if (field === '' || !matches(field) || taken.includes(field)) continue;
      if (value === null) {
        if (empty.value === undefined) empty = { field, value };
        continue;
      }
      const other = there.get(field);
      if (other === undefined || isTakenBefore(leaf, other)) there.set(field, leaf);
      // A record with more is set aside whole.
      if (there.size > processingLimits.entriesPerRecord) break;
    }
    if (there.size === 0) return [empty];
    return Array.from(there.values(), ({ path, value }) => ({ field: path, value }));
  };
}
