import { createHash } from 'node:crypto';

/**
 * A stretch of a regime as it is stored beside the HEAD of its series: a cache of what the events table holds.
 *
 * It may be lost, damaged or replaced. So it is used only if the HEAD leads to it and its checksum is right.
 */
export interface Chunk {
  /** Its place in the chain, from 0. It names the item. */
  readonly slot: number;
  /** Of the write that made it: two chunks of one slot have different ids. */
  readonly id: string;
  /** The id of the chunk in the slot before; absent in the first of a chain. */
  readonly previous?: string | undefined;
  /** It begins with the event after this key; absent if that is the first event of the series. */
  readonly after?: string | undefined;
  /** Event key of its last event. */
  readonly through: string;
  /** Points in it. */
  readonly count: number;
  /** As `bytesOfPoints` writes them. */
  readonly points: Uint8Array;
  /** Epoch seconds at which the first of its events expires: it must not outlive an event. Absent if none does. */
  readonly expiresAt?: number | undefined;
  /** As `checksumOf` makes it. */
  readonly checksum: Uint8Array;
}

/** The last chunk of the chain that a HEAD endorses. */
export interface LastChunk {
  readonly slot: number;
  readonly id: string;
  /** Event key up to which the chain goes. */
  readonly through: string;
}

const checksumBytes = 16;

/** A checksum over everything in a chunk, and over the series that it belongs to. */
export function checksumOf(seriesId: string, chunk: Omit<Chunk, 'checksum'>): Uint8Array {
  const { slot, id, previous, after, through, count, points, expiresAt } = chunk;
  const about = JSON.stringify([seriesId, slot, id, previous, after, through, count, expiresAt]);
  const hash = createHash('sha256').update(about).update(points).digest();
  return new Uint8Array(hash.subarray(0, checksumBytes));
}

/**
 * The chunks that a HEAD endorses, oldest first: the unbroken chain that ends with its last chunk.
 *
 * It ends where a chunk is missing, is another one, was changed or has expired. What is before that is read from the events table.
 *
 * @param stored - chunks of the series, as the table holds them
 */
export function endorsedChunks(
  seriesId: string,
  last: LastChunk | undefined,
  stored: readonly Chunk[],
  now: Date,
): readonly Chunk[] {
  const bySlot = new Map(stored.map((chunk) => [chunk.slot, chunk]));
  const chain: Chunk[] = [];
  let wanted:
    | (Pick<Chunk, 'slot'> & { readonly id?: string | undefined; readonly through?: string | undefined })
    | undefined = last;
  while (wanted?.id !== undefined) {
    const chunk = bySlot.get(wanted.slot);
    if (chunk === undefined || chunk.id !== wanted.id || chunk.through !== wanted.through) break;
    if (isExpired(chunk, now) || !isUnchanged(seriesId, chunk)) break;
    chain.push(chunk);
    wanted = { slot: chunk.slot - 1, id: chunk.previous, through: chunk.after };
  }
  return chain.reverse();
}

function isExpired({ expiresAt }: Chunk, now: Date): boolean {
  return expiresAt !== undefined && expiresAt * 1000 <= now.getTime();
}

function isUnchanged(seriesId: string, chunk: Chunk): boolean {
  const { points, checksum } = chunk;
  if (!(points instanceof Uint8Array) || !(checksum instanceof Uint8Array)) return false;
  return Buffer.compare(checksumOf(seriesId, chunk), checksum) === 0;
}
