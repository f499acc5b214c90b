import { type OptionName, type OptionRow, optionTable, type ResolvedOptions } from '@aed/core';
import fc from 'fast-check';
import { serviceOptions, serviceOptionTable } from '../../lambda/service-options.ts';

export const optionNames = Object.keys(optionTable) as OptionName[];

/** The row of an option as the service has it. */
export const rowOf = (name: OptionName): OptionRow<unknown> => serviceOptionTable[name];

/** What an option of a kind may be, before its own rule is asked. */
const candidates: Readonly<
  Record<OptionRow<unknown>['kind'], (row: OptionRow<unknown>) => fc.Arbitrary<unknown>>
> = {
  number: () =>
    fc.oneof(
      fc.double({ min: 1e-9, max: 1, noNaN: true }),
      fc.double({ min: 1, max: 1e6, noNaN: true }),
      fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((value) => value + 0),
    ),
  integer: () => fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: -5_000, max: 5_000 })),
  choice: ({ choices = [] }) => fc.constantFrom(...choices),
};

/** Under these no option has a stricter rule: what they allow may still be too little for a longer startup. */
const leastAbove = { startup: 2 };

/** A value of an option, but not its default. */
function otherValue(name: OptionName): fc.Arbitrary<unknown> {
  const row = rowOf(name);
  return candidates[row.kind](row).filter((value) => value !== row.default && row.holds(value, leastAbove));
}

/** Options of the service, none of which has its default. */
export const otherOptions: fc.Arbitrary<ResolvedOptions> = fc
  .record(Object.fromEntries(optionNames.map((name) => [name, otherValue(name)])))
  .filter(isAllowed);

function isAllowed(options: Readonly<Record<string, unknown>>): options is ResolvedOptions {
  try {
    serviceOptions(options);
    return true;
  } catch {
    return false;
  }
}
