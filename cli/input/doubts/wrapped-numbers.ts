import { saysMissing } from '../../../lambda/reading/number-text.ts';
import { FailedError } from '../../context.ts';
import type { ColumnKind } from '../column-kind.ts';
import { type Field, textOf, textsOf } from '../field.ts';
import { mayNameTime } from '../usual-names.ts';
import { stepsOf } from './steps.ts';

/** A number with something around it: `$20`, `20ms`, `(20)`. */
const around = /^([^\d_/#+-]{0,12})([+-\u2212]?\d[\d.,'’]*)([^\d_/#:+-]{0,12})$/;
const most = 0.9;
/** What stands around measured numbers is the same, but for so many units. */
const mostUnits = 3;

/**
 * Refuses the only column of numbers where it seems to number the rows, or to have their times, and the values to be in another column, in a form
 * that is not read.
 *
 * A counter runs in one direction, too: it is taken unless another column has numbers with something around them, or it may be times since 1970,
 * and there are no other times.
 *
 * @param others - columns that may have the values
 * @throws FailedError naming the columns, and what to do
 */
export function refuseWrappedNumbers(
  number: Field,
  kind: ColumnKind | undefined,
  others: readonly Field[],
  rows: readonly unknown[],
  { series, hasTimes }: { readonly series: Field | undefined; readonly hasTimes: boolean },
): void {
  const { on, back } = stepsOf(rows, series, (row) => numbersIn(textOf(number.of(row)) ?? ''));
  const runsOneWay = on + back > 0 && Math.min(on, back) === 0;
  const mayBeTimes = kind === 'epoch' && !hasTimes;
  const wrapped = runsOneWay || mayBeTimes ? others.find((other) => isWrapped(other, rows)) : undefined;
  const name = number.name.slice(0, 40);
  if (wrapped !== undefined)
    throw new FailedError(
      `'${name}', the only column of numbers, seems to have ${mayBeTimes ? 'times' : 'the numbers of the rows'}, and '${wrapped.name.slice(0, 40)}' the values, in a form that is not read, such as '${textsOf(wrapped, rows)[0]?.slice(0, 40)}'; write them as numbers alone, or choose the column of the values with --column`,
    );
  if (mayBeTimes && runsOneWay)
    throw new FailedError(
      `'${name}', the only column of numbers, seems to have times since 1970; choose the column of the values with --column`,
    );
}

function numbersIn(text: string): readonly number[] {
  const number = text === '' ? Number.NaN : Number(text.replace(',', '.'));
  return Number.isNaN(number) ? [] : [number];
}

/** Whether a column has numbers with something around them. A word before a whole number makes a name, such as `d1` or `room 12`. */
function isWrapped(field: Field, rows: readonly unknown[]): boolean {
  if (mayNameTime(field.name)) return false;
  const texts = textsOf(field, rows).filter((text) => !saysMissing(text));
  const found = texts.flatMap((text) => {
    const [, before = '', number = '', after = ''] = around.exec(text) ?? [];
    const isName = /\p{L}/u.test(before) && !(/[ :=]$/.test(before) && /[.,]\d/.test(number));
    return before + after === '' || isName ? [] : [`${before}0${after}`];
  });
  return (
    found.length > most * texts.length && new Set(found).size <= mostUnits && new Set(texts).size > mostUnits
  );
}
