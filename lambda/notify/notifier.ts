import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { SeriesChangePoint } from '../change-point.ts';
import { damageOf } from './damage-of.ts';
import { messageFor } from './message.ts';
import { DamagedError } from './set-aside.ts';

export interface Notifier {
  /** Publishes a change point. @throws DamagedError; what the topic throws; the signal's reason if it aborts */
  publish(changePoint: SeriesChangePoint, signal: AbortSignal): Promise<void>;
}

/** A notifier that counts what it publishes. */
export interface CountingNotifier extends Notifier {
  /** @returns the number published since the last call */
  take(): number;
}

export function countingNotifier(notifier: Notifier): CountingNotifier {
  let published = 0;
  return {
    async publish(changePoint, signal) {
      await notifier.publish(changePoint, signal);
      published++;
    },
    take() {
      const count = published;
      published = 0;
      return count;
    },
  };
}

export function topicNotifier(client: SNSClient, topicArn: string): Notifier {
  return {
    async publish(changePoint, abortSignal) {
      const damage = damageOf(changePoint);
      if (damage !== undefined) throw new DamagedError(damage);
      const command = new PublishCommand({ TopicArn: topicArn, ...messageFor(changePoint) });
      await client.send(command, { abortSignal });
    },
  };
}
