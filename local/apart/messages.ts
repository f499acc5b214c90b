import type { Endpoints } from '../clients.ts';
import type { Resources } from '../resources.ts';
import type { TableStreamRecord } from '../table-stream.ts';

/** The emulators are up. */
export interface Ready {
  readonly kind: 'ready';
  readonly endpoints: Endpoints;
  readonly resources: Resources;
  readonly streamArn: string;
}

/** What is new in the stream of the events table, and the memory that the emulators and their data take. */
export interface News {
  readonly kind: 'news';
  readonly records: readonly TableStreamRecord[];
  readonly memoryMegabytes: number;
}

export type Message = Ready | News;
