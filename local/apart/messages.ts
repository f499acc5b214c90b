import type { Endpoints } from '../clients.ts';
import type { TableStreamRecord } from '../emulators/table-stream.ts';
import type { LocalResources } from '../people-resources.ts';

/** The emulators are up. */
export interface Ready {
  readonly kind: 'ready';
  readonly endpoints: Endpoints;
  readonly resources: LocalResources;
  readonly streamArn: string;
}

/** New records in the stream of the events table. */
export interface NewRecords {
  readonly kind: 'records';
  readonly records: readonly TableStreamRecord[];
}

/** Records that producers put since the last such message. */
export interface NewPuts {
  readonly kind: 'puts';
  readonly records: number;
}

/** What the emulators and their data take. */
export interface Usage {
  readonly kind: 'usage';
  readonly megabytes: number;
  /** Processor time since the start of the process. */
  readonly cpuSeconds: number;
}

/** All that was written before the question has been sent. */
export interface CaughtUp {
  readonly kind: 'caughtUp';
}

export type Message = Ready | NewRecords | NewPuts | Usage | CaughtUp;

/** The only question to the process of the emulators: send what is new now, then confirm it. */
export const catchUp = 'catch up';
