import { plain } from '../../../lambda/figures.ts';
import { FailedError } from '../../context.ts';
import type { ColumnKind } from '../column-kind.ts';
import { type Field, textsOf } from '../field.ts';
import { mayNameTime, namesFraction, namesHour } from '../usual-names.ts';

/** More rows than this share have the time of the row before them where a part of the times is missing. */
const mostShared = 0.3;

/**
 * Refuses times of which a part seems to stand in another column: readings of a day, or of a second, would be taken as repeated.
 *
 * @param times - of the rows, as texts
 * @param unused - columns that nothing is read from
 * @throws FailedError naming both columns, and what to do
 */
export function refuseSharedTimes(
  timeName: string,
  times: readonly string[],
  unused: readonly Field[],
  kinds: ReadonlyMap<Field, ColumnKind>,
  rows: readonly unknown[],
): void {
  const shared = times.filter((text, index) => text !== '' && text === times[index - 1]).length;
  if (shared <= mostShared * times.length) return;
  const haveClock = times.some((text) => text.includes(':') && !/[T ]00:00(:00(\.0+)?)?$/.test(text));
  const part = unused.find((field) => {
    if (namesFraction(field.name)) return true;
    if (haveClock) return false;
    const kind = kinds.get(field);
    if (kind === 'date') return false;
    return kind === 'time of day' || kind === 'moment' || mayNameTime(field.name) || namesHour(field.name);
  });
  const example = part && textsOf(part, rows).find((text) => text !== '0');
  if (part === undefined || example === undefined) return;
  throw new FailedError(
    `${plain.counted(shared, 'row')} of '${timeName}' ${shared === 1 ? 'has' : 'have'} the time of the row before, '${times.find((text) => text !== '')?.slice(0, 40)}', and '${part.name}' seems to have the rest of it, such as '${example.slice(0, 40)}'; put both into one column, or say with --time-column ${timeName} that this one is all`,
  );
}
