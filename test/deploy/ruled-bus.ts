import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import { localIdentity } from '../../local/clients.ts';
import { type NewQueue, newQueue } from './new-queue.ts';

/** An event as a rule sends it to its target. */
export interface DeliveredEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: SeriesChangePoint;
}

/** A bus of EventBridge whose rules send to queues. */
export interface RuledBus {
  readonly name: string;
  /** Adds a rule. @returns the queue that gets what matches, which has the same name */
  rule(name: string, pattern: object): Promise<NewQueue<DeliveredEvent>>;
  close(): void;
}

/** Makes a bus, as the guide has it before a deployment that puts events there. */
export async function ruledBus(endpoint: string, sqs: SQSClient, name: string): Promise<RuledBus> {
  const events = new EventBridgeClient({ ...localIdentity, endpoint });
  await events.send(new CreateEventBusCommand({ Name: name }));
  return {
    name,
    async rule(rule, pattern) {
      const queue = await newQueue<DeliveredEvent>(sqs, rule);
      const ofBus = { EventBusName: name };
      await events.send(new PutRuleCommand({ ...ofBus, Name: rule, EventPattern: JSON.stringify(pattern) }));
      const Targets = [{ Id: 'queue', Arn: queue.arn }];
      await events.send(new PutTargetsCommand({ ...ofBus, Rule: rule, Targets }));
      return queue;
    },
    close: () => events.destroy(),
  };
}
