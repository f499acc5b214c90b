import { type OptionName, type OptionRow, optionTable, type ResolvedOptions } from '@aed/core';
import fc from 'fast-check';
import { serviceOptions, serviceOptionTable } from '../../lambda/service-options.ts';

export const optionNames = Object.keys(optionTable) as OptionName[];

/** The row of an option as the service has it. */
export const rowOf = (name: OptionName): OptionRow<unknown> => serviceOptionTable[name];

/** What an option of a kind may be, before its own rule is asked: under some options, a length needs room for two startups. */
const candidates: Readonly<
  Record<OptionRow<unknown>['kind'], (row: OptionRow<unknown>, room: number) => fc.Arbitrary<unknown>>
> = {
  number: () =>
    fc.oneof(
      fc.double({ min: 1e-9, max: 1, noNaN: true }),
      fc.double({ min: 1, max: 1e6, noNaN: true }),
      fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((value) => value + 0),
    ),
  integer: (_, room) =>
    fc.oneof(
      fc.integer({ min: 0, max: 100 }),
      fc.integer({ min: -5_000, max: 5_000 }),
      fc.integer({ min: room, max: room + 1_000 }),
    ),
  choice: ({ choices = [] }) => fc.constantFrom(...choices),
};

/** A value of an option under those above it, but not its default. */
function otherValue(name: OptionName, above: Readonly<Record<string, unknown>>): fc.Arbitrary<unknown> {
  const row = rowOf(name);
  const room = 2 * Number(above.startup ?? 0);
  // In a shorter regime there is no period but its default.
  const least = name === 'maxRegimeLength' ? 8 : Number.NEGATIVE_INFINITY;
  return candidates[row.kind](row, room).filter(
    (value) => value !== row.default && row.holds(value, above) && !(Number(value) < least),
  );
}

/**
 * Options of the service, none of which has its default. They are drawn in the order of the table, each under those above it:
 * options that are drawn apart and do not fit each other would be drawn again and again.
 */
export const otherOptions: fc.Arbitrary<ResolvedOptions> = optionNames
  .reduce<fc.Arbitrary<Readonly<Record<string, unknown>>>>(
    (drawn, name) =>
      drawn.chain((above) => otherValue(name, above).map((value) => ({ ...above, [name]: value }))),
    fc.constant({}),
  )
  .filter(isAllowed);

function isAllowed(options: Readonly<Record<string, unknown>>): options is ResolvedOptions {
  try {
    serviceOptions(options);
    return true;
  } catch {
    return false;
  }
}
