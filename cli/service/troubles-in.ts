import type { ReportEntry } from '../../lambda/function-report.ts';
import { describeError } from '../describe-error.ts';
import { describeReasons } from '../describe-reasons.ts';

/** What went wrong in an invocation, a line each. */
export function troublesIn({
  error,
  quarantined,
  reasons,
  givenUp,
  condition,
}: ReportEntry): readonly string[] {
  const aside = (what: string) => `set aside ${what}; see aed quarantine list`;
  return [
    ...(error === undefined ? [] : [describeError(error)]),
    ...(Number(quarantined) > 0 ? [aside(describeReasons(reasons as Record<string, number>))] : []),
    ...(givenUp === undefined ? [] : [aside(`${givenUp} records: ${condition}`)]),
  ];
}
