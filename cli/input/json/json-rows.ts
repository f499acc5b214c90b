import { kindOfCell } from '../cell-kind.ts';
import { cellFields, type Field, jsonField, jsonFields } from '../field.ts';
import type { Input } from '../open-input.ts';
import type { Rows } from '../row-source.ts';
import { usual } from '../usual-names.ts';
import type { JsonShape } from './json-shape.ts';
import { readJsonArray } from './read-json-array.ts';
import { readJsonLines } from './read-json-lines.ts';
import { readJsonObjects } from './read-json-objects.ts';

interface Chosen {
  readonly seriesColumn?: string;
  readonly timeColumn?: string;
}

/** The rows of a JSON text: objects, numbers, or arrays of cells, whose first one may have names. */
export function jsonRows(input: Input, shape: JsonShape, valueName: string, chosen: Chosen): Rows {
  let header: readonly unknown[] | undefined;
  /** As the first row says. */
  let areArrays: boolean | undefined;
  return {
    fields(rows) {
      const width = rows.reduce<number>(
        (most, row) => Math.max(most, Array.isArray(row) ? row.length : 0),
        0,
      );
      if (areArrays !== true) return namedFields(rows, valueName, chosen);
      return cellFields(Array.from({ length: width }, (_, index) => String(header?.[index] ?? index + 1)));
    },
    kindOf(row) {
      if (row === '') return 'blank';
      const isRow = typeof row === 'number' || (typeof row === 'object' && row !== null);
      return isRow && Array.isArray(row) === areArrays ? 'row' : 'not-json';
    },
    isHeader: (row) =>
      Array.isArray(row) && header !== undefined && row.every((cell, index) => cell === header?.[index]),
    otherHeader: () => undefined,
    refuseCutNumbers: () => undefined,
    each: (take) =>
      read(input, shape, (row, number) => {
        if (row !== '') areArrays ??= Array.isArray(row);
        if (number === 1 && isNames(row)) header = row;
        else take(row, number);
      }),
    hasEuropeanDelimiter: false,
    notes: shape.inside === undefined ? [] : [`rows from '${shape.inside.field}'`],
  };
}

function read(
  { pieces }: Input,
  shape: JsonShape,
  take: (row: unknown, number: number) => void,
): Promise<void> {
  if (shape.rows === 'lines') return readJsonLines(pieces, take);
  if (shape.rows === 'objects') return readJsonObjects(pieces, take);
  return readJsonArray(pieces, take, shape.inside?.bytesBefore);
}

function isNames(row: unknown): row is readonly string[] {
  return (
    Array.isArray(row) &&
    row.length > 0 &&
    row.every((cell) => typeof cell === 'string' && kindOfCell(cell) === 'text')
  );
}

function namedFields(
  rows: readonly unknown[],
  valueName: string,
  { seriesColumn = usual.series, timeColumn = usual.time }: Chosen,
): readonly Field[] {
  const found = jsonFields(rows, valueName);
  // A field that is chosen may hold an object, which is then told for each row.
  const chosen = [valueName, seriesColumn, timeColumn]
    .map((name) => jsonField(name, valueName))
    .filter(
      ({ name, of }) => !found.some((one) => one.name === name) && rows.some((row) => of(row) !== undefined),
    );
  return found.length + chosen.length > 0 ? [...found, ...chosen] : [jsonField(valueName, valueName)];
}
