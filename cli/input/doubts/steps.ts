import { type Field, textOf } from '../field.ts';

/** How the rows of the series follow each other by some numbers, the first of which counts most. */
export interface Steps {
  readonly on: number;
  readonly back: number;
  /** Of those back: from a whole number to the one before it. */
  readonly byOne: number;
}

/** So many steps back show a direction, if there are nine times as many as steps on. */
export const fewestSteps = 3;
/** So many equal steps are those of the rows themselves, whatever the column is called. */
const fewestEqual = 9;
/** Equal but for the digits that are written. */
const leastAlike = 0.99;

/** @param numbersIn - of a row; none if it says nothing */
export function stepsOf(
  rows: readonly unknown[],
  series: Field | undefined,
  numbersIn: (row: unknown) => readonly number[],
): Steps {
  const steps = { on: 0, back: 0, byOne: 0 };
  for (const [numbers, before] of pairsOf(rows, series, numbersIn)) {
    const step = compared(numbers, before);
    if (step > 0) steps.on++;
    if (step < 0) steps.back++;
    if (step === -1 && numbers.length === 1) steps.byOne++;
  }
  return steps;
}

export function leadsBack({ on, back }: Steps): boolean {
  return back >= fewestSteps && back > 9 * on;
}

/** Whether a column falls by the same step from each row to the next: measured values do not. */
export function fallsEvenly(rows: readonly unknown[], series: Field | undefined, field: Field): boolean {
  const numberIn = (row: unknown) => {
    const text = textOf(field.of(row)) ?? '';
    return /^[+-]?\d+(\.\d+)?$/.test(text) ? [Number(text)] : [];
  };
  const falls = pairsOf(rows, series, numberIn).map(([[one = 0], [before = 0]]) => before - one);
  const [least, most] = [Math.min(...falls), Math.max(...falls)];
  return falls.length >= fewestEqual && least > 0 && least >= leastAlike * most;
}

/** The numbers of each row beside those of the row before it in its series. */
function pairsOf(
  rows: readonly unknown[],
  series: Field | undefined,
  numbersIn: (row: unknown) => readonly number[],
): readonly (readonly [readonly number[], readonly number[]])[] {
  const before = new Map<string, readonly number[]>();
  const pairs: (readonly [readonly number[], readonly number[]])[] = [];
  for (const row of rows) {
    const numbers = numbersIn(row);
    if (numbers.length === 0) continue;
    const name = series === undefined ? '' : (textOf(series.of(row)) ?? '');
    const last = before.get(name);
    if (last !== undefined) pairs.push([numbers, last]);
    before.set(name, numbers);
  }
  return pairs;
}

function compared(one: readonly number[], other: readonly number[]): number {
  for (const [index, number] of one.entries()) {
    const difference = number - (other[index] ?? number);
    if (difference !== 0) return difference;
  }
  return 0;
}
