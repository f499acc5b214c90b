import { FailedError } from '../../context.ts';
import type { ColumnKind } from '../column-kind.ts';
import { type Field, textOf, textsOf } from '../field.ts';
import { mayNameTime } from '../usual-names.ts';

/** A year with another number, or a time of day, or a duration. */
const dated = /(^|\D)(1[5-9]|20|21)\d\d\D+\d|\d\D+(1[5-9]|20|21)\d\d(\D|$)|(^|\D)\d{1,3}:\d\d(\D|$)/;
/** So many steps back show a direction, if there are nine times as many as steps on. */
const fewestSteps = 3;

/**
 * Refuses a file without times that seems to stand newest first: each change would be turned round.
 *
 * A column tells so that seems to have times, in a form that is not known, and runs backward.
 *
 * @param unused - columns that nothing is read from
 * @throws FailedError naming the column, and what to do
 */
export function refuseBackward(
  unused: readonly Field[],
  kinds: ReadonlyMap<Field, ColumnKind>,
  rows: readonly unknown[],
  series: Field | undefined,
): void {
  for (const field of unused) {
    const kind = kinds.get(field);
    const texts = textsOf(field, rows);
    const seemsTime =
      kind === 'epoch' ||
      mayNameTime(field.name) ||
      (kind !== 'number' && texts.filter((text) => dated.test(text)).length > 0.9 * texts.length);
    if (!seemsTime || !runsBackward(field, rows, series)) continue;
    throw new FailedError(
      `'${field.name}' runs backward, from '${texts[0]?.slice(0, 40)}' to '${texts.at(-1)?.slice(0, 40)}', so the newest row seems to stand first, but it is not known as a time; put the oldest row first (tac), or name it with --time-column, and the form of its times with --time-format`,
    );
  }
}

/** Compares the numbers in the texts, from the first one on, and from the last one on: the year may stand there. */
function runsBackward(field: Field, rows: readonly unknown[], series: Field | undefined): boolean {
  const [plainly, fromLast] = [stepsOf((keys) => keys), stepsOf((keys) => [...keys].reverse())];
  if (leadsBack(plainly)) return true;
  return leadsBack(fromLast) && plainly.on <= 9 * plainly.back;

  function stepsOf(order: (keys: readonly number[]) => readonly number[]) {
    const before = new Map<string, readonly number[]>();
    let [on, back] = [0, 0];
    for (const row of rows) {
      const keys = order((textOf(field.of(row))?.match(/\d+/g) ?? []).map(Number));
      if (keys.length === 0) continue;
      const name = series === undefined ? '' : (textOf(series.of(row)) ?? '');
      const step = compared(keys, before.get(name) ?? keys);
      if (step > 0) on++;
      if (step < 0) back++;
      before.set(name, keys);
    }
    return { on, back };
  }
}

function leadsBack({ on, back }: { readonly on: number; readonly back: number }): boolean {
  return back >= fewestSteps && back > 9 * on;
}

function compared(one: readonly number[], other: readonly number[]): number {
  for (const [index, number] of one.entries()) {
    const difference = number - (other[index] ?? number);
    if (difference !== 0) return difference;
  }
  return 0;
}
