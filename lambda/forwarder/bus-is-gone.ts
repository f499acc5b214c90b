import {
  DescribeEventBusCommand,
  type EventBridgeClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-eventbridge';
import { processingLimits } from '../processing-limits.ts';
import type { Surroundings } from '../surroundings.ts';

/**
 * Whether there is no such bus. Then what was put on it is lost, though each call succeeded: EventBridge "will drop the event", and "will
 * not fail the request or include the event in the FailedEntryCount".
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
 *
 * @returns `false` also where it is unknown, as for a bus of another account that this one may not describe
 */
export async function busIsGone(
  bus: string,
  client: EventBridgeClient,
  { deadline }: Pick<Surroundings, 'deadline'>,
): Promise<boolean> {
  try {
    const abortSignal = deadline(processingLimits.publishMs);
    await client.send(new DescribeEventBusCommand({ Name: bus }), { abortSignal });
    return false;
  } catch (error) {
    return error instanceof ResourceNotFoundException;
  }
}
