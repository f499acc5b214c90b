import type { DynamoDBRecord } from 'aws-lambda';
import type { Listeners } from '../listeners.ts';

export type TableStreamRecord = DynamoDBRecord & { readonly dynamodb: { readonly SequenceNumber: string } };

/** The changes of a table's items, in the order in which they were committed. View: NEW_AND_OLD_IMAGES. */
export interface TableStream {
  readonly arn: string;
  /** The number of records so far, including deleted ones. */
  readonly length: number;
  /** Records after a sequence number, oldest first. Without a number, from the oldest kept record on. */
  read(after: string | undefined, most: number): readonly TableStreamRecord[];
  /** Deletes the records up to a sequence number, once nobody will read them again. */
  trim(through: string): void;
  /** Resolves when everything written before the call is in the stream. */
  caughtUp(): Promise<void>;
  /** Called with each record as it is made. @returns what ends that */
  onRecord: Listeners<TableStreamRecord>['add'];
}
