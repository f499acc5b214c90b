import { kindOfCell } from '../cell-kind.ts';
import { refuseNestedRows } from '../doubts/nested-rows.ts';
import { cellFields, type Field, jsonField, jsonFields } from '../field.ts';
import type { Input } from '../open-input.ts';
import type { Rows } from '../row-source.ts';
import { isPartOfTime } from '../time-texts.ts';
import { unitOf } from '../unit-of-column.ts';
import { usual } from '../usual-names.ts';
import type { JsonShape } from './json-shape.ts';
import { readJsonArray } from './read-json-array.ts';
import { readJsonLines } from './read-json-lines.ts';
import { readJsonObjects } from './read-json-objects.ts';

interface Chosen {
  /** Those of the values, as they are given. */
  readonly column?: readonly string[];
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
      const found = fieldsOf(rows);
      const isThere = (name: string) =>
        found.some((field) => field.name === name && typeof field.of(rows[0]) !== 'object');
      const { column = [] } = chosen;
      if (!(column.length > 0 ? column : [valueName]).some(isThere)) refuseNestedRows(rows, pathOfRow(shape));
      return found;
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

  function fieldsOf(rows: readonly unknown[]): readonly Field[] {
    if (areArrays !== true) return namedFields(rows, valueName, chosen);
    const width = Math.max(0, ...rows.map((row) => (Array.isArray(row) ? row.length : 0)));
    return cellFields(Array.from({ length: width }, (_, index) => String(header?.[index] ?? index + 1)));
  }
}

/** Where the first row is, as jq writes it. */
function pathOfRow({ rows, inside }: JsonShape): string {
  if (rows !== 'array') return '';
  return inside === undefined ? '.[0]' : `.${inside.field}[0]`;
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

/** Whether a row has names: texts, of which one is neither a number with its unit nor part of a time. */
function isNames(row: unknown): row is readonly string[] {
  return (
    Array.isArray(row) &&
    row.every((cell) => typeof cell === 'string' && kindOfCell(cell) === 'text') &&
    row.some((cell) => unitOf(cell) === undefined && !isPartOfTime(cell))
  );
}

/** Beside the fields found, those that are chosen: one that is may hold an object, which is then told for each row. */
function namedFields(
  rows: readonly unknown[],
  valueName: string,
  { column = [], seriesColumn, timeColumn }: Chosen,
): readonly Field[] {
  const found = jsonFields(rows, valueName);
  const isThere = (name: string) => found.some((one) => one.name === name);
  const named = [...column, seriesColumn, timeColumn].filter((name) => name !== undefined);
  // Times and values may be in the fields of an object; a series that is an object is told.
  const usualOnes = [valueName, usual.time].filter(
    (name) => !found.some((one) => one.name.startsWith(`${name}.`)),
  );
  const chosen = [...new Set([...named, ...usualOnes, usual.series])]
    .filter((name) => !isThere(name))
    .map((name) => jsonField(name, valueName))
    .filter(({ of }) => rows.some((row) => of(row) !== undefined));
  return found.length + chosen.length > 0 ? [...found, ...chosen] : [jsonField(valueName, valueName)];
}
