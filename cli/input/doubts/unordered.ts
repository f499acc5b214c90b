import { FailedError } from '../../context.ts';
import type { ColumnKind } from '../column-kind.ts';
import { type Field, textOf, textsOf } from '../field.ts';
import { mayNameTime, namesRest, namesRow, namesTime } from '../usual-names.ts';
import { liesEvenly } from './lies-evenly.ts';
import { fallsEvenly, fewestSteps, leadsBack, type Steps, stepsOf } from './steps.ts';

/** A year with another number, or a time of day, or a duration. */
const dated = /(^|\D)(1[5-9]|20|21)\d\d\D+\d|\d\D+(1[5-9]|20|21)\d\d(\D|$)|(^|\D)\d{1,3}:\d\d(\D|$)/;
const most = 0.9;
/** More steps back than these show that no order is kept: a clock with twelve hours makes fewer, unless it is seldom looked at. */
const leastBack = 0.3;

/**
 * Refuses a file without times that seems not to stand in the order of time. If it stands newest first, each change would be turned round.
 *
 * A column tells so that runs backward, and seems to have times in a form that is not known, or numbers the rows, by its name or since it falls by the same step in each; and one that has times,
 * or is named so, and runs in no direction.
 *
 * @param unused - columns that nothing is read from
 * @throws FailedError naming the column, and what to do
 */
export function refuseUnordered(
  unused: readonly Field[],
  kinds: ReadonlyMap<Field, ColumnKind>,
  rows: readonly unknown[],
  series: Field | undefined,
): void {
  for (const field of unused) {
    const kind = kinds.get(field);
    const texts = textsOf(field, rows);
    const areMostly = (holds: (text: string) => boolean) => texts.filter(holds).length > most * texts.length;
    const isEachOther = new Set(texts).size > most * texts.length;
    const seemsTime =
      kind === 'epoch' ||
      mayNameTime(field.name) ||
      (kind !== 'number' && areMostly((text) => dated.test(text))) ||
      (kind === 'text' && isEachOther && areMostly((text) => /\d/.test(text)));
    const order = orderOf(field, rows, series);
    const numbersRows = order === 'falls evenly' ? !namesRest(field.name) : namesRow(field.name);
    const countsDown = order === 'counts down' || order === 'falls evenly';
    if ((order === 'back' && seemsTime) || (countsDown && (seemsTime || numbersRows)))
      throw new FailedError(
        `'${field.name}' runs backward, from '${texts[0]?.slice(0, 40)}' to '${texts.at(-1)?.slice(0, 40)}', so the newest row seems to stand first, but it is not known as a time; put the oldest row first (tac), or name it with --time-column, and the form of its times with --time-format${exampleFor(texts[0])}`,
      );
    const isShuffled =
      order === 'none' && kind !== 'text' && mayNameTime(field.name) && liesEvenly(field, rows, series);
    // One that runs in one direction would be read.
    if ((kind === 'moment' && isEachOther) || isShuffled)
      throw new FailedError(
        `'${field.name}' has a time for each row and runs in no direction; ${kind === 'time of day' ? 'put its date before it' : 'name it with --time-column'}, and add --sort to put the rows in its order, or leave the column out`,
      );
    if (order === 'none' && kind === 'text' && namesTime(field.name) && areMostly((text) => /\d/.test(text)))
      throw new FailedError(
        `'${texts[0]?.slice(0, 40)}' in column '${field.name}' is in no form of time that is known, and the rows seem to stand in no order of time; give the form with --time-format, and add --sort`,
      );
  }
}

/** The pattern of dates as `1-May-12`, which old exports of stock prices have. */
function exampleFor(text = ''): string {
  const [, mark] = /^\d{1,2}([- /.])[a-z]{3}\1\d\d$/i.exec(text) ?? [];
  return mark === undefined ? '' : `, such as '%d${mark}%b${mark}%y'`;
}

/**
 * How the rows of a series follow each other by the numbers in the texts: from the first one on, or from the last one on, since the year may
 * stand there.
 */
function orderOf(
  field: Field,
  rows: readonly unknown[],
  series: Field | undefined,
): 'on' | 'back' | 'counts down' | 'falls evenly' | 'none' {
  const numbersIn = (row: unknown) => (textOf(field.of(row))?.match(/\d+/g) ?? []).map(Number);
  const plainly = stepsOf(rows, series, numbersIn);
  const fromLast = stepsOf(rows, series, (row) => numbersIn(row).reverse());
  if (fallsEvenly(rows, series, field)) return 'falls evenly';
  if (plainly.byOne >= Math.max(fewestSteps, most * (plainly.on + plainly.back))) return 'counts down';
  if (leadsBack(plainly)) return 'back';
  if (leadsBack(fromLast) && plainly.on <= 9 * plainly.back) return 'back';
  const isNoOrder = ({ on, back }: Steps) => back >= fewestSteps && back > leastBack * (on + back);
  return isNoOrder(plainly) && isNoOrder(fromLast) ? 'none' : 'on';
}
