import { processingLimits } from '../../../lambda/processing-limits.ts';
import type { Aftermath } from './aftermath.ts';

/** How many batches of the recorder failed because items stayed unprocessed after all attempts. */
export function stayedUnprocessed({ log, recordings }: Aftermath): number {
  return recordings.filter(({ instance, invocation, result }) => {
    if (result === undefined || result.batchItemFailures.length === 0) return false;
    const partly = log.filter(
      (call) =>
        call.instance === instance &&
        call.invocation === invocation &&
        call.target === 'write' &&
        call.answered &&
        call.effective.length < call.subjects.length,
    );
    return partly.length >= processingLimits.writeAttempts;
  }).length;
}
