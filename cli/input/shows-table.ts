import { kindOfCell } from './cell-kind.ts';
import { isReading } from './csv/csv-header.ts';
import { cellsOf } from './csv/plain-lines.ts';
import { sniffCsv } from './csv/sniff-csv.ts';

/** So many rows must have come before it is decided how an input is written that pauses. Fewer show no change, either. */
export const fewestRows = 10;
/** If it cannot be decided with so many rows, more will not help. */
export const rowsToDecide = 100;

/** Whether a text of cells that has just begun has some rows of its table, below what may stand before it. */
export function showsTable(text: string): boolean {
  const whole = text.slice(0, Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1);
  const shape = shapeOf(whole);
  const lines = whole.split(/\r\n|\n|\r/);
  if (shape === undefined) return lines.length > rowsToDecide;
  const { delimiter, header, firstRow } = shape;
  const rows = lines.slice(firstRow - 1).map((line, index) => {
    const cells = cellsOf(line.replaceAll('"', ''), delimiter);
    return { number: firstRow + index, cells, kinds: cells.map(kindOfCell) };
  });
  return rows.filter((row) => row.cells.length >= header.length && isReading(row)).length >= fewestRows;
}

/** `undefined` if it cannot be told yet. */
function shapeOf(text: string) {
  try {
    return sniffCsv(text, { wanted: [] });
  } catch {
    return undefined;
  }
}
