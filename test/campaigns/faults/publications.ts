import { processingLimits } from '../../../lambda/processing-limits.ts';
import type { Aftermath } from './aftermath.ts';
import type { Call } from './call.ts';
import type { Target } from './schedule.ts';

const publishing: readonly Target[] = ['claim', 'publish', 'mark', 'release'];

/**
 * How often a change point, or its retraction, was published. A publication is `broken` if something failed between publishing and marking: the
 * instance died, the answer was lost, or every attempt to mark it was refused. Otherwise it is `whole`.
 */
export function publications(
  log: readonly Call[],
  subject: string,
  told: string = subject,
): { readonly whole: number; readonly broken: number } {
  const about = log.filter(({ subjects }) => subjects.includes(subject));
  const published = log.filter(({ target, effective }) => target === 'publish' && effective.includes(told));
  const broken = published.filter((publication) => {
    const marks = about.filter(
      ({ target, instance, invocation }) =>
        target === 'mark' && instance === publication.instance && invocation === publication.invocation,
    );
    if (!publication.answered) return true;
    if (marks.some(({ effective }) => effective.length > 0)) return false;
    const attempts = new Set(marks.map(({ request }) => request)).size;
    return publication.instance.died || attempts >= processingLimits.markAttempts;
  });
  return { whole: published.length - broken.length, broken: broken.length };
}

/** Finds change points of a series that were first published before an earlier one. */
export function publishedOutOfOrder(log: readonly Call[], seriesId: string): readonly string[] {
  const published = new Set(log.flatMap(({ target, effective }) => (target === 'publish' ? effective : [])));
  // A retraction is told when it is known, whatever was told since.
  const ofSeries = [...published].filter((one) => one.startsWith(`${seriesId} 2`) && one.endsWith('#e'));
  return ofSeries.flatMap((one, index) =>
    ofSeries.slice(0, index).some((earlier) => earlier > one)
      ? [`${one} was published after a later change point of its series`]
      : [],
  );
}

/** Finds batches of the detector that failed, though only its publishing met faults: testing must go on without. */
export function failedForPublishing({
  log,
  detections,
}: Pick<Aftermath, 'log' | 'detections'>): readonly string[] {
  return detections.flatMap(({ instance, invocation, result }) => {
    if (result === undefined || result.batchItemFailures.length === 0) return [];
    const calls = log.filter((call) => call.instance === instance && call.invocation === invocation);
    const met = calls.filter(({ fault }) => fault !== undefined);
    const refusedMoves = calls.filter(({ target, effective }) => target === 'head' && effective.length === 0);
    const isForPublishing =
      met.length > 0 &&
      met.every(({ target }) => publishing.includes(target)) &&
      refusedMoves.length <= processingLimits.headConflicts;
    return isForPublishing ? [`a batch of ${instance.name} failed because of its publishing`] : [];
  });
}
