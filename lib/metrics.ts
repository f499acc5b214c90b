import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { EventSourceMapping, IFunction } from 'aws-cdk-lib/aws-lambda';
import { deploymentLimits } from './deployment-limits.ts';
import type { Detection } from './detection.ts';
import type { Ingestion } from './ingestion.ts';
import { serviceName } from './service-name.ts';

/** The parts that alarms and dashboard watch. */
export interface ServiceParts {
  readonly ingestion: Ingestion;
  readonly detection: Detection;
}

/** The period of each data point. */
export const period = Duration.minutes(5);
/** The period of what must be known soon. */
export const soon = Duration.minutes(1);
/** Counts are summed over the period. */
export const every = { period, statistic: Stats.SUM };

/** A metric that the functions of this service report themselves. */
export function serviceMetric(scope: ServiceParts['ingestion'], metricName: string): Metric {
  const service = serviceName(scope);
  return new Metric({
    ...every,
    namespace: deploymentLimits.metricsNamespace,
    metricName,
    dimensionsMap: { service },
  });
}

/** A count of events that Lambda's poller keeps for a mapping. */
export function mappingMetric({ eventSourceMappingId }: EventSourceMapping, metricName: string): Metric {
  const dimensionsMap = { EventSourceMappingUUID: eventSourceMappingId };
  return new Metric({ ...every, namespace: 'AWS/Lambda', metricName, dimensionsMap });
}

/**
 * Reads of the recorder that the stream refused: calls over the connection that all consumers share, or subscriptions over its own.
 * Source: https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html
 */
export function readsRefused({ stream, consumer }: ServiceParts['ingestion']): Metric {
  if (consumer === undefined) return stream.metricReadProvisionedThroughputExceeded(every);
  return new Metric({
    ...every,
    namespace: 'AWS/Kinesis',
    metricName: 'SubscribeToShard.RateExceeded',
    dimensionsMap: { StreamName: stream.streamName, ConsumerName: consumer.streamConsumerName },
  });
}

export function iteratorAge(of: IFunction): Metric {
  return of.metric('IteratorAge', { period, statistic: Stats.MAXIMUM });
}
