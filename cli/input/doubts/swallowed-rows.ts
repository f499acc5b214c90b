import { FailedError } from '../../context.ts';
import { kindOfCell } from '../cell-kind.ts';
import { cellsOf } from '../csv/plain-lines.ts';

/** A text may have a line that looks like a row by chance. */
const fewestRows = 2;

/**
 * Refuses a row of which a cell in quotes holds lines that look like rows: a quote that nobody meant has swallowed them, up to the next one.
 *
 * @throws FailedError showing the row and how many lines are inside
 */
export function refuseSwallowedRows(cells: readonly string[], delimiter: string, row: number): void {
  for (const cell of cells) {
    if (!cell.includes('\n')) continue;
    // The first and the last line are parts of others.
    const lines = cell.split('\n').slice(1, -1);
    const alike = lines.filter((line) => looksLikeRow(cellsOf(line, delimiter), cells.length));
    if (alike.length < fewestRows || alike.length < lines.length / 2) continue;
    throw new FailedError(
      `a quote in row ${row} opens a cell with ${lines.length} lines that look like rows of the file; remove the quote before '${cell.slice(0, 20).split('\n')[0]}', or write it twice in a cell in quotes`,
    );
  }
}

function looksLikeRow(cells: readonly string[], width: number): boolean {
  return (
    width > 1 &&
    cells.length === width &&
    cells.map(kindOfCell).some((kind) => kind === 'number' || kind === 'time')
  );
}
