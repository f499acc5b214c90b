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

export function iteratorAge(of: IFunction): Metric {
  return of.metric('IteratorAge', { period, statistic: Stats.MAXIMUM });
}
