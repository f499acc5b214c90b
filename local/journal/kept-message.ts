import { createMessage, type QueueMessage } from './stores.ts';

/** A message as the journal has it. */
export interface KeptMessage {
  readonly MessageBody: string;
  readonly MessageAttributes?: QueueMessage['messageAttributes'];
  /** What its queue knew of it when it was parked. */
  readonly known?: Known;
  /** That by which it was parked. */
  readonly receipt?: string;
  /** Until when it is parked, in epoch seconds. Those that earlier versions parked do not say. */
  readonly hiddenUntil?: number;
}

type Known = Pick<
  QueueMessage,
  'messageId' | 'sentTimestamp' | 'approximateReceiveCount' | 'approximateFirstReceiveTimestamp'
>;

/** A message of a queue as it was when it was kept. */
export function messageOf({ MessageBody, MessageAttributes, known }: KeptMessage): QueueMessage {
  return { ...createMessage(MessageBody, MessageAttributes), ...known };
}

/** A message that is parked by a receipt, until a time in epoch seconds. */
export function parkedMessage(message: QueueMessage, receipt: string, hiddenUntil: number): KeptMessage {
  const { messageId, sentTimestamp, approximateReceiveCount, approximateFirstReceiveTimestamp } = message;
  const first = approximateFirstReceiveTimestamp !== undefined && { approximateFirstReceiveTimestamp };
  return {
    MessageBody: message.body,
    MessageAttributes: message.messageAttributes,
    known: { messageId, sentTimestamp, approximateReceiveCount, ...first },
    receipt,
    hiddenUntil,
  };
}
