import type { SQSRecord } from 'aws-lambda';
import type { SeriesChangePoint } from '../change-point.ts';
import { changePointIn } from '../notify/change-point-in.ts';

/** A change point as the queue delivers it: at least once. */
export interface Delivery {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly changePoint: SeriesChangePoint;
}

/** Messages as the topic's queue has them, the topic's message being their body. */
export type QueueRecord = Pick<SQSRecord, 'messageId' | 'receiptHandle' | 'body'>;

/** The change points of a batch. What somebody else published to the topic is only counted: there is nothing to tell of it. */
export function deliveriesIn(records: readonly QueueRecord[]): {
  readonly deliveries: readonly Delivery[];
  readonly foreign: number;
} {
  const deliveries = records.flatMap(({ messageId, receiptHandle, body }) => {
    const changePoint = changePointIn(body);
    return changePoint === undefined ? [] : [{ messageId, receiptHandle, changePoint }];
  });
  return { deliveries, foreign: records.length - deliveries.length };
}
