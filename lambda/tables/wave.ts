import type { DynamoDBRecord } from 'aws-lambda';
import { compareEventKeys, hasTime } from '../event.ts';

/**
 * Events of one series that the recorder wrote together.
 *
 * The newest of them is the closing one. It is written when all others are stored, and its item alone carries a mark. The
 * mark is news to the detector; the other items are not.
 */
export interface Wave {
  /** Event key of the newest event. */
  readonly closing: string;
  /** Event key of the oldest event; the closing one's own in a wave of one. */
  readonly oldest: string;
  /** Number of events, the closing one included. 0 where none was written: then some from the oldest to the closing one were deleted or corrected. */
  readonly count: number;
  /** The id of its mark; absent where no mark is known. */
  readonly id?: string;
}

/**
 * The attribute `wave` of a closing item. A wave of one has only an id, since most waves of a slow series are such and each byte is stored.
 *
 * The id is new with each write of a wave. So each write makes a record in the table's stream, even one that stores the
 * same events again. If {L = 5, N} and then {L = 6, N} are recorded, and both are recorded again, L is 5 for a while.
 * A detector that read it then must learn that L is 6 again.
 */
export interface WaveMark {
  readonly id: string;
  readonly oldest?: string;
  readonly count?: number;
}

/** Characters of a mark's id, of 16 values each: two ids in a row are equal once in four billion times. */
const idCharacters = 8;

/** @param id - a unique name, of which the mark keeps the start */
export function markOf({ closing, oldest, count }: Wave, id: string): WaveMark {
  return {
    id: id.slice(0, idCharacters),
    ...(count > 1 && { count }),
    ...(oldest !== closing && { oldest }),
  };
}

/** The wave without events that tells of deleted or corrected ones; none if there are none. @param keys - their event keys */
export function waveOfAmendments(keys: readonly string[]): readonly Wave[] {
  const [first] = keys;
  if (first === undefined) return [];
  let [oldest, closing] = [first, first];
  for (const key of keys) {
    if (compareEventKeys(key, oldest) < 0) oldest = key;
    if (compareEventKeys(key, closing) > 0) closing = key;
  }
  return [{ closing, oldest, count: 0 }];
}

/** The wave that a record of the events table's stream closes; `undefined` if its item has no mark. */
export function waveClosedBy({ dynamodb }: DynamoDBRecord): Wave | undefined {
  const closing = dynamodb?.Keys?.eventKey?.S;
  const mark = dynamodb?.NewImage?.wave?.M;
  if (closing === undefined || mark === undefined) return undefined;
  const id = mark.id?.S;
  const wave = { closing, oldest: mark.oldest?.S ?? closing, count: Number(mark.count?.N ?? 1) };
  return id === undefined ? wave : { ...wave, id };
}

/**
 * The waves that are whole in some items of the events table: the closing item is there with its mark, and as many others as that says, from the oldest
 * on. Anyone may have edited the items.
 *
 * @param items - of one series, in the order of their keys
 */
export function wholeWavesIn(items: readonly Readonly<Record<string, unknown>>[]): readonly Wave[] {
  const places = new Map(items.map(({ eventKey }, place) => [eventKey, place]));
  return items.flatMap(({ eventKey: closing, wave }, place) => {
    if (!hasTime(closing)) return [];
    const { id, oldest = closing, count = 1 } = Object(wave) as Record<string, unknown>;
    const first = places.get(oldest);
    const isMark = typeof id === 'string' && typeof oldest === 'string' && typeof count === 'number';
    return isMark && first !== undefined && place - first + 1 >= count
      ? [{ closing, oldest, count, id }]
      : [];
  });
}
