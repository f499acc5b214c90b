import { type BadRow, badRowError, leftOut } from './left-out.ts';
import type { Input } from './open-input.ts';
import { type ReadingOrder, type ReadingSink, readingOrder } from './reading-order.ts';
import { type PlanOptions, type ReadingPlan, readingPlan } from './reading-plan.ts';
import { type RowReader, rowReader } from './row-reader.ts';
import { type RowOptions, rowsOf } from './rows.ts';
import type { OrderCounts } from './series-order.ts';

export interface ReadOptions extends PlanOptions, Omit<RowOptions, 'column'> {
  /** Sorts all rows before it passes them on; else only a file that stands newest first. */
  readonly sort?: boolean;
  /** Goes on however many rows are left out. */
  readonly skipBad?: boolean;
  readonly onBad?: 'skip' | 'fail';
}

/** What was read. */
export interface ReadSummary extends OrderCounts {
  readonly rows: number;
  /** Rows and cells without a reading, by reason. */
  readonly skipped: number;
  readonly skippedReasons: Readonly<Record<string, number>>;
  readonly firstBad: { readonly row: number; readonly text: string } | undefined;
  /** The names of the columns of values. */
  readonly valueNames: readonly string[];
  /** How the file was read, where it could be read otherwise; each in a few words. */
  readonly notes: readonly string[];
  /** What else the file may mean. */
  readonly hint: string | undefined;
}

/** So many rows show how a file is written. */
const headRows = 5_000;

/**
 * Reads all readings of an input, those of each series in the order of time.
 *
 * How the columns are written is decided by the first 5,000 rows; a row that contradicts that has no reading. Memory is constant,
 * unless the rows must all be sorted.
 *
 * @throws FailedError if the file cannot be read, or not in one way, or too many rows are left out
 */
export async function readReadings(
  input: Input,
  options: ReadOptions,
  sink: ReadingSink,
): Promise<ReadSummary> {
  const rows = rowsOf(input, options);
  const bad = leftOut();
  const counts: OrderCounts = { sorted: 0, repeated: 0, replaced: 0 };
  let head: [row: unknown, number: number][] = [];
  let reader: Reader | undefined;
  let [total, blank] = [0, 0];
  const leaveOut = (reason: BadRow, text: string, row: number, column?: string) => {
    if (options.onBad === 'fail') throw badRowError(reason, text, row);
    bad.add(reason, text, row, column);
  };
  const begin = (): Reader => {
    const there = head.map(([row]) => row).filter((row) => rows.kindOf(row) === 'row');
    const plan = readingPlan(rows.fields(there), there, options, rows.hasEuropeanDelimiter);
    const order = readingOrder(plan, options.sort === true, counts, sink);
    reader = { plan, order, rows: rowReader(plan, rows, { open: order.open, leaveOut }) };
    for (const [row, number] of head) reader.rows.take(row, number);
    head = [];
    return reader;
  };

  await rows.each((row, number) => {
    total++;
    if (rows.kindOf(row) === 'blank') blank++;
    if (reader !== undefined) return reader.rows.take(row, number);
    head.push([row, number]);
    if (head.length === headRows) begin();
  });
  if (total === 0) return nothing(input.notes);
  const { plan, order, rows: read } = reader ?? begin();
  order.finish();

  const valueNames = plan.columns.values.map(({ name }) => name);
  if (read.readings > 0 && options.skipBad !== true) bad.check(total - blank, valueNames);
  return {
    rows: total,
    skipped: Object.values(bad.reasons).reduce((sum, count) => sum + count, 0),
    skippedReasons: bad.reasons,
    firstBad: bad.first,
    valueNames,
    ...counts,
    notes: [...input.notes, ...rows.notes, ...plan.columns.notes, ...read.notes(), ...order.notes()],
    hint: plan.hint,
  };
}

/** What was read of an empty file. */
function nothing(notes: readonly string[]): ReadSummary {
  const counts = { rows: 0, skipped: 0, sorted: 0, repeated: 0, replaced: 0 };
  return { ...counts, skippedReasons: {}, firstBad: undefined, valueNames: [], notes, hint: undefined };
}

interface Reader {
  readonly plan: ReadingPlan;
  readonly order: ReadingOrder;
  readonly rows: RowReader;
}
