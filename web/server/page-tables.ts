import type { Clients } from '../../local/clients.ts';

/** Where a service keeps what the page reads. */
export interface PageTables extends Pick<Clients, 'dynamoDb'> {
  readonly eventsTable: string;
  readonly changePointsTable: string;
  /** If it is not known, the page shows each series as if no rule gave it options. */
  readonly rulesTable?: string | undefined;
}
