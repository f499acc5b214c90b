import { kindOfCell } from '../cell-kind.ts';
import { type Field, textOf } from '../field.ts';

/** What comes late in columns that nobody reads. */
export interface LateColumns {
  /** Takes a row after the first ones. */
  take(row: unknown, number: number): void;
  /** Names the columns that have numbers by now. */
  notes(): readonly string[];
  /** Names a column that has another text by now. */
  hint(): string | undefined;
}

interface Late {
  readonly name: string;
  readonly first: string;
  readonly text: string;
  readonly row: number;
}

/**
 * Watches the columns that hold one text in all of the first rows, or nothing: a second device may follow on the first one, and a sensor may start
 * late.
 *
 * Cost: a look at one cell of each such column a row, until it has another text.
 *
 * @param unused - columns that nothing is read from
 * @param rows - the first ones
 */
export function lateColumns(unused: readonly Field[], rows: readonly unknown[]): LateColumns {
  const late: Late[] = [];
  let watched = unused.flatMap((field) => {
    const [first, ...others] = new Set(rows.map((row) => textOf(field.of(row))));
    return first === undefined || others.length > 0 ? [] : [{ field, first }];
  });
  return {
    take(row, number) {
      for (const { field, first } of watched) {
        const text = textOf(field.of(row));
        if (text === first || text === undefined || text === '' || text === field.name) continue;
        late.push({ name: field.name, first, text, row: number });
        watched = watched.filter((one) => one.field !== field);
      }
    },
    notes: () =>
      late
        .filter(({ first, text }) => first === '' && kindOfCell(text) === 'number')
        .map(
          ({ name, row }) => `nothing from '${name}', which has its first number in row ${row} (--column)`,
        ),
    hint() {
      const other = late.find(({ first, text }) => first !== '' && kindOfCell(text) === 'text');
      if (other === undefined) return undefined;
      const { name, first, text, row } = other;
      return `'${name}' has '${first}' up to row ${row - 1}, and '${text}' in row ${row}: if each is a series of its own, add --series-column '${name}'`;
    },
  };
}
