import type { Endpoints } from '../clients.ts';
import type { TableStreamRecord } from '../emulators/table-stream.ts';
import type { Resources } from '../resources.ts';

/** The emulators are up. */
export interface Ready {
  readonly kind: 'ready';
  readonly endpoints: Endpoints;
  readonly resources: Resources;
  readonly streamArn: string;
}

/** What is new in the stream of the events table. */
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
export interface Memory {
  readonly kind: 'memory';
  readonly megabytes: number;
}

/** Everything written before it was asked for has been told. */
export interface CaughtUp {
  readonly kind: 'caughtUp';
}

export type Message = Ready | NewRecords | NewPuts | Memory | CaughtUp;

/** All that is asked of the process of the emulators: to tell what is new at once, and then that it has. */
export const catchUp = 'catch up';
