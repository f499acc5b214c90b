import type { DynamoDBRecord } from 'aws-lambda';
import type { Listeners } from '../listeners.ts';

export type TableStreamRecord = DynamoDBRecord & { readonly dynamodb: { readonly SequenceNumber: string } };

/** The changes of a table's items, in the order in which they were committed. View: NEW_IMAGE. */
export interface TableStream {
  readonly arn: string;
  /** Records so far, forgotten ones included. */
  readonly length: number;
  /** Records after a sequence number, oldest first; from the oldest one kept without it. */
  read(after: string | undefined, most: number): readonly TableStreamRecord[];
  /** Forgets the records up to a sequence number, once nobody will ask for them again. */
  trim(through: string): void;
  /** Resolves when everything that was written before the call is in it. */
  caughtUp(): Promise<void>;
  /** Called with each record as it is made. @returns what ends that */
  onRecord: Listeners<TableStreamRecord>['add'];
}
