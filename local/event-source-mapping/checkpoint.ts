import type { SourceRecord } from './source.ts';

type Read = Pick<SourceRecord<unknown>, 'sequenceNumber' | 'bytes'>;

/** How far a shard is processed while several of its batches are under way. */
export interface Checkpoint {
  /** Notes records that were read, in order. */
  read(records: readonly Read[]): void;
  /** Notes records that are processed or discarded. */
  done(records: readonly Read[]): void;
  /** The number of records that were read but are not done. */
  readonly open: number;
  /** The bytes that these records add to payloads. */
  readonly openBytes: number;
}

/**
 * Moves a checkpoint to the last record up to which all records are done. After a crash, unfinished records are therefore
 * repeated, never skipped.
 *
 * @param move - called with a sequence number, each time a later one than before
 */
export function trackCheckpoint(move: (sequenceNumber: string) => void): Checkpoint {
  const inOrder: string[] = [];
  const finished = new Set<string>();
  let openBytes = 0;
  return {
    read(records) {
      for (const { sequenceNumber, bytes } of records) {
        inOrder.push(sequenceNumber);
        openBytes += bytes;
      }
    },
    done(records) {
      for (const { sequenceNumber, bytes } of records) {
        finished.add(sequenceNumber);
        openBytes -= bytes;
      }
      const firstOpen = inOrder.findIndex((sequenceNumber) => !finished.has(sequenceNumber));
      const passed = inOrder.splice(0, firstOpen === -1 ? inOrder.length : firstOpen);
      for (const sequenceNumber of passed) finished.delete(sequenceNumber);
      const last = passed.at(-1);
      if (last !== undefined) move(last);
    },
    get open() {
      return inOrder.length - finished.size;
    },
    get openBytes() {
      return openBytes;
    },
  };
}
