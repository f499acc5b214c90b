import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { FunctionReport } from './function-report.ts';

/**
 * Reports what an invocation did: as a structured log line, and as metrics that CloudWatch extracts from it.
 *
 * Every number of a report becomes a metric of the same name. Its unit is milliseconds if the name ends in `Ms`, else a
 * count. Entries that were set aside are also counted by reason, and errors as `failures`, except for invalid options: Lambda counts an invocation
 * that answers with the records that failed as a success. `POWERTOOLS_SERVICE_NAME` gives the dimension, and
 * `POWERTOOLS_METRICS_NAMESPACE` the namespace.
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
    if (error !== undefined && entry.invalidOptions === undefined)
      metrics.addMetric('failures', MetricUnit.Count, 1);
    for (const [reason, count] of reasonsOf(entry.reasons)) {
      const single = metrics.singleMetric();
      single.addDimension('reason', reason);
      single.addMetric('quarantinedByReason', MetricUnit.Count, count);
    }
    // Powertools prints a warning where there are none.
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  };
}

function unitOf(name: string) {
  return name.endsWith('Ms') ? MetricUnit.Milliseconds : MetricUnit.Count;
}

function reasonsOf(reasons: unknown): [string, number][] {
  return typeof reasons === 'object' && reasons !== null ? Object.entries(reasons) : [];
}
