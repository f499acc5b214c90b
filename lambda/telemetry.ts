import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { FunctionReport } from './function-report.ts';

/**
 * What an invocation did, as a structured line of the log and as metrics that CloudWatch reads out of the log.
 *
 * Every number of a report is a metric of that name, in milliseconds if the name ends so and else a count, under the
 * service that `POWERTOOLS_SERVICE_NAME` names; what was set aside is counted once more by its reason. Namespace:
 * `POWERTOOLS_METRICS_NAMESPACE`.
 */
export function telemetry(): FunctionReport {
  const logger = new Logger();
  const metrics = new Metrics();
  return ({ error, ...entry }) => {
    if (error === undefined) logger.info(entry.step, entry);
    else
      logger.error(entry.step, {
        ...entry,
        error: error instanceof Error ? error : new Error(String(error)),
      });
    for (const [name, value] of Object.entries(entry)) {
      if (typeof value === 'number') metrics.addMetric(name, unitOf(name), value);
    }
    for (const [reason, count] of reasonsOf(entry.reasons)) {
      const single = metrics.singleMetric();
      single.addDimension('reason', reason);
      single.addMetric('quarantinedByReason', MetricUnit.Count, count);
    }
    metrics.publishStoredMetrics();
  };
}

function unitOf(name: string) {
  return name.endsWith('Ms') ? MetricUnit.Milliseconds : MetricUnit.Count;
}

function reasonsOf(reasons: unknown): [string, number][] {
  return typeof reasons === 'object' && reasons !== null ? Object.entries(reasons) : [];
}
