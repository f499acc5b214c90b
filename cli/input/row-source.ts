import type { FailedError } from '../context.ts';
import type { Field } from './field.ts';

/** What kind of row it is, beside those that may have a reading: `'no-cell'` has separators alone. */
export type RowKind = 'row' | 'blank' | 'no-cell' | 'not-json' | 'too-wide' | 'too-narrow';

/** The rows of a file, whatever its format. */
export interface Rows {
  /** The columns, given the first rows. */
  fields(rows: readonly unknown[]): readonly Field[];
  kindOf(row: unknown): RowKind;
  isHeader(row: unknown): boolean;
  /** The error for the rows below this one, if it is a header with other columns. */
  otherHeader(row: unknown, number: number): FailedError | undefined;
  /** @throws FailedError if numbers of these columns seem to be cut in two */
  refuseCutNumbers(values: readonly Field[], rows: readonly unknown[]): void;
  /** Reads all rows. @throws what `take` throws */
  each(take: (row: unknown, number: number) => void): Promise<void>;
  /** Whether the file is written where numbers mostly have decimal commas. */
  readonly hasEuropeanDelimiter: boolean;
  /** How the file is written, where it is not written in the usual way. */
  readonly notes: readonly string[];
}
