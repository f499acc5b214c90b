import {
  type DetectorOptions,
  type OptionName,
  optionTable,
  type ResolvedOptions,
  resolveOptions,
} from '@aed/core';

/** Every option of the table. */
export const optionNames = Object.keys(optionTable) as OptionName[];

/** Numbers small and large, beside the words of a choice. */
const candidates: readonly unknown[] = [1e-7, 0.25, 0.999, 3, 41, 5000, 1.5e300, Number.POSITIVE_INFINITY];

/** Values that an option may have while the others have their defaults, without its default. At least one. */
export function otherValues(name: OptionName): readonly unknown[] {
  const row = optionTable[name];
  const defaults = { ...resolveOptions() };
  const values = [...candidates, ...(row.choices ?? [])].filter(
    (value) => value !== row.default && row.holds(value, defaults),
  );
  if (values.length === 0) throw new Error(`no candidate keeps the rule of ${name}: ${row.rule}`);
  return values;
}

/** Each option of the table with each of its other values: what a carrier of options must bring across. */
export const optionCases: readonly {
  readonly name: OptionName;
  readonly value: unknown;
  readonly given: DetectorOptions;
  readonly options: ResolvedOptions;
}[] = optionNames.flatMap((name) =>
  otherValues(name).map((value) => {
    const given = { [name]: value } as DetectorOptions;
    return { name, value, given, options: resolveOptions(given) };
  }),
);
