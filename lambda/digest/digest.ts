import { PublishCommand } from '@aws-sdk/client-sns';
import type { SQSBatchResponse } from 'aws-lambda';
import { dynamoClient, snsClient, sqsClient } from '../clients.ts';
import { digestEnvironment } from '../environment/digest.ts';
import type { FunctionReport } from '../function-report.ts';
import { processingLimits } from '../processing-limits.ts';
import type { Environment } from '../settings.ts';
import { realSurroundings, type Surroundings } from '../surroundings.ts';
import { toldSeries } from '../tables/told-series.ts';
import type { QueueRecord } from './delivery.ts';
import { heldMessages } from './held-messages.ts';
import { peopleMessage } from './people-message.ts';
import { tellPeople } from './tell-people.ts';

export type DigestHandler = (event: {
  readonly Records: readonly QueueRecord[];
}) => Promise<SQSBatchResponse>;

/**
 * The digest function: tells people, in one message, of the change points that came together in its queue.
 *
 * @param environment - as `digestEnvironment` writes it
 * @throws RangeError naming the variable that is missing; each run throws if the topic of people does
 */
export function digestHandler(
  environment: Environment,
  report: FunctionReport,
  surroundings: Surroundings = realSurroundings,
): DigestHandler {
  const { changePointsTable, peopleTopicArn, digestQueueUrl } = digestEnvironment.read(environment);
  const sns = snsClient(environment, surroundings);
  const parts = {
    ...surroundings,
    report,
    told: toldSeries(dynamoClient(environment, surroundings), changePointsTable),
    hold: heldMessages(sqsClient(environment, surroundings), digestQueueUrl, surroundings),
    async publish(news: Parameters<typeof peopleMessage>[0]) {
      const command = new PublishCommand({ TopicArn: peopleTopicArn, ...peopleMessage(news) });
      await sns.send(command, { abortSignal: surroundings.deadline(processingLimits.publishMs) });
    },
  };
  return ({ Records }) => tellPeople(Records, parts);
}
