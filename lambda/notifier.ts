import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { SeriesChangePoint } from './change-point.ts';
import { messageFor } from './message.ts';

export interface Notifier {
  /** Tells everyone who listens. @throws what the topic throws */
  publish(changePoint: SeriesChangePoint): Promise<void>;
}

export function topicNotifier(client: SNSClient, topicArn: string): Notifier {
  return {
    async publish(changePoint) {
      await client.send(new PublishCommand({ TopicArn: topicArn, ...messageFor(changePoint) }));
    },
  };
}
