import { isoTime, refusedIsoForm } from '../../lambda/reading/iso-time.ts';
import type { ColumnKind } from './column-kind.ts';
import { type Field, textOf, textsOf } from './field.ts';
import { timeColumn } from './time-column.ts';
import { hasShortYear } from './time-texts.ts';
import { mayNameTime, namesTime } from './usual-names.ts';

/** The column of times that nobody chose, if there is one, and what is to be said of it. */
export interface FoundTimes {
  readonly field: Field | undefined;
  readonly note: string | undefined;
}

/**
 * Finds the column of times among some.
 *
 * Its name says so and it has dates, or numbers that are times; or it has dates, or its name says so and it has other numbers, and it runs
 * in one direction; a number at each step. Without that, a duration, a day of the month or a date of calibration would put the rows in another order.
 */
export function foundTimes(
  fields: readonly Field[],
  kinds: ReadonlyMap<Field, ColumnKind>,
  rows: readonly unknown[],
): FoundTimes {
  const isDated = (field: Field) => kinds.get(field) === 'date' || kinds.get(field) === 'moment';
  const isNumeric = (field: Field) => kinds.get(field) === 'number' || kinds.get(field) === 'epoch';
  const named = fields.filter(({ name }) => namesTime(name));
  const sure = named.filter((field) => isDated(field) || kinds.get(field) === 'epoch');
  const mayBeTimes = fields.filter((one) => isNumeric(one) && mayNameTime(one.name));
  const likely = [...fields.filter(isDated), ...mayBeTimes].filter((one) => !sure.includes(one));
  const clock = fields.find((one) => kinds.get(one) === 'time of day');
  const field =
    sure.find((one) => hasZone(one, rows)) ??
    sure[0] ??
    likely.find((one) => (kinds.get(one) === 'number' ? counts(one, rows) : runsOneWay(one, rows))) ??
    likely.find(
      (one) => kinds.get(one) === 'date' && clock !== undefined && counts(joined(one, clock), rows),
    );
  if (field === undefined) {
    const [first] = likely;
    const note = first && `no times from '${first.name}', which ${whyNotTimes(first, rows)} (--time-column)`;
    return {
      field,
      note: note ?? noteOnUnread(fields, kinds, rows),
    };
  }
  const others = [...sure, ...likely].filter((one) => one !== field && isDated(one));
  const more = others.map(({ name }) => `'${name}'`).join(', ');
  return { field, note: more === '' ? undefined : `no times from ${more} (--time-column)` };
}

/** A date and a time of day. A date of something else does not change where the clock begins again. */
function joined(date: Field, clock: Field): Field {
  return { name: date.name, of: (row) => `${textOf(date.of(row))} ${textOf(clock.of(row))}` };
}

/** A column whose name or texts say that it has times, but whose texts are none that are known. */
function noteOnUnread(
  fields: readonly Field[],
  kinds: ReadonlyMap<Field, ColumnKind>,
  rows: readonly unknown[],
): string | undefined {
  const named = fields.filter(({ name }) => namesTime(name));
  const mayBeNamed = fields.filter(({ name }) => mayNameTime(name));
  for (const field of new Set([...named, ...mayBeNamed, ...fields])) {
    if (kinds.get(field) === 'time of day')
      return `no times from '${field.name}', which has times of day without a date`;
    const texts = textsOf(field, rows);
    const [text = ''] = texts;
    if (kinds.get(field) !== 'text' || !/\d/.test(text)) continue;
    const shown = `no times from '${field.name}', since '${text.slice(0, 40)}' is`;
    const form = mostlyRefusedForm(texts);
    if (form !== undefined) return `${shown} ${form}, which is not read`;
    if (mayBeNamed.includes(field) || mostly(texts, hasShortYear))
      return `${shown} in no form of time that is known (--time-format)`;
  }
  return undefined;
}

function mostlyRefusedForm(texts: readonly string[]): string | undefined {
  return mostly(texts, (text) => refusedIsoForm(text) !== undefined)
    ? refusedIsoForm(texts[0] ?? '')
    : undefined;
}

function mostly(texts: readonly string[], holds: (text: string) => boolean): boolean {
  return texts.filter(holds).length >= 0.9 * texts.length;
}

/** Of a local time and one that says its zone, the second is sure. */
function hasZone(field: Field, rows: readonly unknown[]): boolean {
  const [text = ''] = textsOf(field, rows);
  return isoTime(text)?.offset !== undefined;
}

/** Whether nine of ten steps lead in one direction, and there are some. */
function runsOneWay(field: Field, rows: readonly unknown[]): boolean {
  const { on, back, texts } = stepsOfTimes(field, rows);
  return on + back >= texts / 20 && Math.max(on, back) >= 9 * Math.min(on, back);
}

/** Whether no step leads the other way, and nine of ten lead somewhere. */
function counts(field: Field, rows: readonly unknown[]): boolean {
  const { on, back, texts } = stepsOfTimes(field, rows);
  return Math.min(on, back) === 0 && on + back >= 0.9 * (texts - 1);
}

function whyNotTimes(field: Field, rows: readonly unknown[]): string {
  const { on, back } = stepsOfTimes(field, rows);
  return Math.min(on, back) === 0 ? 'stays the same from row to row' : 'runs in no direction';
}

function stepsOfTimes(field: Field, rows: readonly unknown[]) {
  const texts = textsOf(field, rows);
  const { read } = timeColumn(field.name, texts);
  let [on, back] = [0, 0];
  let before: number | undefined;
  for (const text of texts) {
    const ms = read(text)?.ms;
    if (ms === undefined) continue;
    if (before !== undefined && ms > before) on++;
    if (before !== undefined && ms < before) back++;
    before = ms;
  }
  return { on, back, texts: texts.length };
}
