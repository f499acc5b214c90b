import { check } from './check.ts';
import {
  type DetectorOptions,
  type OptionName,
  optionRows,
  optionTable,
  type ResolvedOptions,
} from './options.ts';

/** @throws RangeError unless there is an option of this name */
export function checkOptionName(name: string): asserts name is OptionName {
  if (Object.hasOwn(optionTable, name)) return;
  check(false, 'option', `one of ${Object.keys(optionTable).join(', ')}`, name);
}

/** @throws RangeError unless it is an object with options of the table alone, whatever their values */
export function checkOptions(given: unknown): asserts given is DetectorOptions {
  check(typeof given === 'object' && given !== null, 'options', 'an object', given);
  check(!(Symbol.iterator in Object(given)), 'options', 'an object with names, no list or set', given);
  for (const name of Object.keys(Object(given))) checkOptionName(name);
}

/**
 * The options with their defaults, checked and frozen. An option that is `undefined` has its default.
 * One that does not apply to the chosen statistic keeps its rule all the same and has no effect: a change of `statistic` alone is enough to compare.
 *
 * @throws RangeError naming the option, its rule and the value, for an option out of bounds or one that does not exist
 * @example resolveOptions({ startup: 8 }).window // => 5
 */
export function resolveOptions(given: DetectorOptions = {}): ResolvedOptions {
  checkOptions(given);
  const options: Record<string, unknown> = {};
  for (const [name, row] of optionRows) {
    const value = given[name] === undefined ? row.defaultFor(options) : given[name];
    // The rule is put into words for an error alone.
    if (!row.holds(value, options)) check(false, name, row.ruleFor(options), value);
    options[name] = value;
  }
  return Object.freeze(options) as ResolvedOptions;
}
