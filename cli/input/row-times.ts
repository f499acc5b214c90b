import type { LocalTime } from '../../lambda/reading/local-time.ts';
import type { Columns } from './choose-columns.ts';
import { type Field, textOf } from './field.ts';
import type { TimeColumn } from './time-column.ts';
import { isHour } from './time-texts.ts';

/** The text of a row's time; `undefined` if a field holds an object or array. */
export function timeTextOf(times: readonly Field[], row: unknown): string | undefined {
  const [first, second] = times;
  if (first === undefined) return '';
  const text = textOf(first.of(row));
  if (second === undefined || text === undefined) return text;
  const clock = textOf(second.of(row));
  if (clock === undefined) return undefined;
  if (text === '' || clock === '') return '';
  return `${text.replace(/[T ]00:00(:00(\.0+)?)?$/, '')} ${isHour(clock) ? `${clock.padStart(2, '0')}:00` : clock}`;
}

/** A time and the text that it was read from. */
export interface TimeOfRow {
  readonly text: string;
  readonly time: LocalTime;
}

/** The times of each series, in the order of the rows. */
export function timesOfSeries(
  rows: readonly unknown[],
  { series, times }: Columns,
  { read }: TimeColumn,
): readonly (readonly TimeOfRow[])[] {
  const found = new Map<string, TimeOfRow[]>();
  for (const row of rows) {
    const text = timeTextOf(times, row) ?? '';
    const time = read(text);
    if (time === undefined) continue;
    const name = series === undefined ? '' : (textOf(series.of(row)) ?? '');
    const before = found.get(name);
    if (before === undefined) found.set(name, [{ text, time }]);
    else before.push({ text, time });
  }
  return [...found.values()];
}

/** Epoch milliseconds, where a time without a zone counts as one in UTC. */
function instantOf({ ms, offset }: LocalTime): number {
  return ms - (offset ?? 0);
}

/** Whether nine of ten steps between the times of a series lead back. */
export function isNewestFirst(seriesTimes: readonly (readonly LocalTime[])[]): boolean {
  let [on, back] = [0, 0];
  for (const times of seriesTimes) {
    for (const [index, time] of times.entries()) {
      const step = instantOf(time) - instantOf(times[index - 1] ?? time);
      if (step > 0) on++;
      if (step < 0) back++;
    }
  }
  return back > 9 * on;
}
