import { epochUnitOf } from '../../lambda/reading/epoch-time.ts';
import { kindOfCell } from './cell-kind.ts';
import { type Field, textOf } from './field.ts';
import { isClockOfDigits, isDateOfDigits, isHour, isTimeOfDay } from './time-texts.ts';
import { unitsOf } from './unit-of-column.ts';
import { namesClock, namesHour } from './usual-names.ts';

/** What a column holds, by its first rows. A moment is a date with a time of day; an epoch may be a time, or another large number. */
export type ColumnKind = 'empty' | 'number' | 'epoch' | 'date' | 'moment' | 'time of day' | 'text';

/** So many rows show what a column holds. */
const shownRows = 200;
const most = 0.9;

export function kindOfColumn(field: Field, rows: readonly unknown[]): ColumnKind {
  const texts = rows.slice(0, shownRows).map((row) => textOf(field.of(row)) ?? 'an object');
  const kinds = texts.map(kindOfCell);
  const there = kinds.filter((kind) => kind !== 'missing').length;
  if (there === 0) return 'empty';
  const isMostly = (holds: (text: string, index: number) => boolean) =>
    texts.filter(holds).length >= most * there;
  if (isMostly((_, index) => kinds[index] === 'time'))
    return isMostly(
      (text, index) => (kinds[index] === 'time' && text.includes(':')) || /T\d|\d{12}/i.test(text),
    ) && !isMostly((text) => midnight.test(text))
      ? 'moment'
      : 'date';
  if (isMostly(isDateOfDigits)) return texts.some((text) => text.length > 8) ? 'moment' : 'date';
  if (isMostly((text) => epochUnitOf(Number(text)) !== undefined)) return 'epoch';
  const isClock = isMostly(isTimeOfDay) || (namesClock(field.name) && isMostly(isClockOfDigits));
  if (isClock || (namesHour(field.name) && isMostly(isHour))) return 'time of day';
  const numbers = kinds.filter((kind) => kind === 'number').length;
  return numbers > there / 2 || unitsOf(texts).length > 0 ? 'number' : 'text';
}

/** How databases and spreadsheets write a day. */
const midnight = /[T ]00:00(:00(\.0+)?)?$/;
