import {
  type DetectorOptions,
  type OptionName,
  optionTable,
  type ResolvedOptions,
  resolveOptions,
} from '@aed/core';

/**
 * Options with some of them changed, and what follows from that.
 *
 * Another statistic brings its own defaults in place of the other one's; what was changed before stays. A longer startup raises
 * `maxRegimeLength`, if necessary: a regime must hold twice the startup.
 *
 * @throws RangeError naming the option, its rule and the value
 */
export function changedOptions(options: ResolvedOptions, change: DetectorOptions): ResolvedOptions {
  const others = { ...options, ...newDefaults(options, change), ...change };
  const { startup, maxRegimeLength } = others;
  return resolveOptions({ ...others, maxRegimeLength: Math.max(maxRegimeLength, 2 * startup), ...change });
}

/** The defaults after a change, of the options that had theirs before. */
function newDefaults(options: ResolvedOptions, change: DetectorOptions): DetectorOptions {
  const above = { ...options, ...change };
  const kept = Object.entries(optionTable).filter(
    ([name, row]) => options[name as OptionName] === row.defaultFor(options),
  );
  return Object.fromEntries(kept.map(([name, row]) => [name, row.defaultFor(above)]));
}
