/** A record as the stream has it. */
export interface ArrivedRecord {
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** Epoch milliseconds at which the stream took it; the same however often it is read. */
  readonly arrivedAt: number;
  readonly data: Uint8Array;
}
