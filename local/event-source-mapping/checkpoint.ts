import type { SourceRecord } from './source.ts';

type Read = Pick<SourceRecord<unknown>, 'sequenceNumber' | 'bytes'>;

/** How far a shard is done with, where batches of it are under way at once. */
export interface Checkpoint {
  /** Takes note of records, in the order in which they were read. */
  read(records: readonly Read[]): void;
  /** Takes note that these are done with. */
  done(records: readonly Read[]): void;
  /** Records read and not done with. */
  readonly open: number;
  /** What these add to payloads. */
  readonly openBytes: number;
}

/**
 * Moves a checkpoint on to the last record before which everything is done with: what a crash leaves behind is then
 * repeated, never passed over.
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
