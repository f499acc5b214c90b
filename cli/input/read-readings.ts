import { plain } from '../../lambda/figures.ts';
import { FailedError } from '../context.ts';
import { watchDates } from './doubts/exchanged-dates.ts';
import { laterColumns } from './later-columns.ts';
import { type BadRow, badRowError, leftOut } from './left-out.ts';
import type { Input } from './open-input.ts';
import { readToEnd } from './read-to-end.ts';
import { FinalError, type ReadingOrder, type ReadingSink, readingOrder } from './reading-order.ts';
import { type PlanOptions, type ReadingPlan, readingPlan } from './reading-plan.ts';
import { type RowReader, rowReader } from './row-reader.ts';
import type { RowKind, Rows } from './row-source.ts';
import { type RowOptions, rowsOf } from './rows.ts';
import { sameTimeHint } from './series-hint.ts';
import type { OrderCounts } from './series-order.ts';
import { fewestRows, rowsToDecide } from './shows-table.ts';

export interface ReadOptions extends PlanOptions, Omit<RowOptions, 'column'> {
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
 * How the columns are written is decided by the first 5,000 rows; a row that contradicts that has no reading. Where the input brings
 * little, those decide that have come, and no row is held back for long. Memory is constant, unless the rows must all be sorted.
 *
 * Once the signal of the input aborts, what has come is all. However it ends, the input is let go of.
 *
 * @throws FailedError if the file cannot be read, or not in one way, or too many rows are left out
 */
export async function readReadings(
  input: Input,
  options: ReadOptions,
  sink: ReadingSink,
): Promise<ReadSummary> {
  const rows = rowsOrEnd(input, options);
  const bad = leftOut();
  const counts: OrderCounts = { sorted: 0, repeated: 0, replaced: 0, sameTime: 0 };
  let head: [row: unknown, number: number][] = [];
  let reader: Reader | undefined;
  let isEarly = false;
  let total = 0;
  const empty = { blank: 0, 'no-cell': 0 };
  const leaveOut = (reason: BadRow, text: string, row: number, column?: string) => {
    if (options.onBad === 'fail') throw badRowError(reason, text, row);
    bad.add(reason, text, row, column);
  };
  const shown = () => head.map(([row]) => row).filter((row) => rows.kindOf(row) === 'row');
  const begin = (): Reader => {
    const there = shown();
    const { hasEuropeanDelimiter } = rows;
    const isBlankBetween = blankBetween(head.map(([row]) => rows.kindOf(row)));
    const plan = readingPlan(rows.fields(there), there, options, { hasEuropeanDelimiter, isBlankBetween });
    rows.refuseCutNumbers(plan.columns.values, there);
    const dates = watchDates();
    const refuseDates = () => dates.refuse(plan.timeName);
    const order = readingOrder(plan, options.sort === true, counts, sink, leaveOut, refuseDates);
    const targets = { open: order.open, openDates: dates.open, leaveOut };
    reader = { plan, order, rows: rowReader(plan, rows, targets), refuseDates };
    for (const [row, number] of head) reader.rows.take(row, number, rows.kindOf(row));
    // A hint needs more rows than those that came first.
    if (!isEarly) head = [];
    return reader;
  };
  const beginEarly = () => {
    const { length } = shown();
    if (length < fewestRows) return;
    isEarly = true;
    try {
      begin();
    } catch (error) {
      const isFinal = length >= rowsToDecide || error instanceof FinalError;
      if (reader !== undefined || isFinal || !(error instanceof FailedError)) throw error;
      isEarly = false;
      sink.waiting?.(`${error.message} (${rowsToDecide} rows decide)`);
    }
  };

  await readToEnd(
    input,
    () =>
      rows.each((row, number) => {
        total++;
        const kind = rows.kindOf(row);
        if (kind === 'blank' || kind === 'no-cell') empty[kind]++;
        if (head.length < headRows && (reader === undefined || isEarly)) head.push([row, number]);
        if (reader !== undefined) {
          reader.rows.take(row, number, kind);
          if (kind === 'row') reader.plan.late.take(row, number);
        } else if (head.length === headRows) begin();
      }),
    () => {
      if (reader === undefined) beginEarly();
      reader?.order.pushOn();
      if (reader?.order.sortsAll === true) sink.waiting?.('all must be sorted, up to the last');
      sink.lull?.(bad.first);
    },
  );
  if (total === 0) return nothing(input.notes);
  const { plan, order, rows: read, refuseDates } = reader ?? begin();
  refuseDates();
  order.finish();

  const hint = isEarly ? plan.hintOf(shown()) : plan.hint;
  const { missingValue } = plan;
  const filled = total - empty.blank - empty['no-cell'];
  const valueNames = plan.measured.map(({ field }) => field.name);
  if (options.allColumns === true && !input.signal.aborted) refuseLyingTable(plan.measured.length, filled);
  if (read.readings > 0 && options.skipBad !== true)
    bad.check(filled + (missingValue === undefined ? 0 : empty[missingValue]), valueNames);
  const later = isEarly ? laterColumns(rows.fields(shown()), shown(), options, plan.columns.values) : [];
  return {
    rows: total,
    skipped: Object.values(bad.reasons).reduce((sum, count) => sum + count, 0),
    skippedReasons: bad.reasons,
    firstBad: bad.first,
    valueNames,
    ...counts,
    notes: [
      ...input.notes,
      ...rows.notes,
      ...plan.columns.notes,
      ...later,
      ...(isEarly ? [] : plan.late.notes()),
      ...read.notes(),
      ...order.notes(),
    ],
    hint: hint ?? (isEarly ? undefined : plan.late.hint()) ?? sameTimeHint(counts, read.readings),
  };
}

/** An input that is refused by its start is not read, and while more may come it would keep the process alive. */
function rowsOrEnd(input: Input, options: ReadOptions): Rows {
  try {
    return rowsOf(input, options);
  } catch (error) {
    input.stream.destroy();
    throw error;
  }
}

/** @throws FailedError if a file has as many columns that a series could have as many readings, but fewer rows */
function refuseLyingTable(columns: number, rows: number): void {
  if (columns < fewestRows || rows >= columns) return;
  throw new FailedError(
    `${columns} columns have numbers, in ${plain.counted(rows, 'row')}: the table seems to lie on its side; turn it, so that each reading has a row, or name columns with --column`,
  );
}

/** Whether a blank line stands between all rows: so lines look whose ends were written twice. */
function blankBetween(kinds: readonly RowKind[]): boolean {
  const isBlankFirst = kinds[0] === 'blank';
  return (
    kinds.length >= fewestRows &&
    kinds.every((kind, index) => ((kind === 'blank') === (index % 2 === 1)) !== isBlankFirst)
  );
}

/** What was read of an empty file. */
function nothing(notes: readonly string[]): ReadSummary {
  const counts = { rows: 0, skipped: 0, sorted: 0, repeated: 0, replaced: 0, sameTime: 0 };
  return { ...counts, skippedReasons: {}, firstBad: undefined, valueNames: [], notes, hint: undefined };
}

interface Reader {
  readonly plan: ReadingPlan;
  readonly order: ReadingOrder;
  readonly rows: RowReader;
  /** @throws FailedError if the dates that came are doubtful */
  readonly refuseDates: () => void;
}
