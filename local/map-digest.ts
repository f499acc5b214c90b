import type { DigestHandler } from '../lambda/digest/digest.ts';
import type { FunctionReport } from '../lambda/function-report.ts';
import { deploymentLimits, digestMapping } from '../lib/deployment-limits.ts';
import type { Backend } from './backend.ts';
import { type QueueMapping, startQueueMapping } from './event-source-mapping/queue-mapping.ts';
import { names } from './resources.ts';

/** On AWS the alarm of the function tells that it throws. Here a report does. */
export function mapDigest(
  { clients, resources }: Backend,
  handler: DigestHandler,
  digestSeconds: number,
  report: FunctionReport,
): QueueMapping {
  return startQueueMapping({
    client: clients.sqs,
    queueUrl: resources.digestQueueUrl,
    queueArn: resources.digestQueueArn,
    functionName: names.digestFunction,
    handler,
    limits: { mapping: digestMapping(digestSeconds), function: deploymentLimits.digest.function },
    failed: (error) => report({ step: 'digest', error }),
  });
}
