import type { Clients } from '../../local/clients.ts';

/** Where a service keeps what the page reads. */
export interface PageTables extends Pick<Clients, 'dynamoDb'> {
  readonly eventsTable: string;
  readonly changePointsTable: string;
  /** Absent if the page does not know it: then it shows no mute, and changes no rule. */
  readonly rulesTable?: string | undefined;
}
