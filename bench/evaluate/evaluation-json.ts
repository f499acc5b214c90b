import type { AnnotatedSet } from './annotated.ts';
import type { Result } from './evaluate.ts';
import type { Format } from './read-set.ts';

/** The result of an evaluation, as one object for programs. */
export function evaluationJson(
  { title, format, series, leftOut }: AnnotatedSet & { readonly format: Format },
  results: readonly Result[],
  margin: number,
) {
  return {
    title,
    format,
    margin,
    leftOut,
    results: results.map(({ name, contender: { setting }, summary, groups, scores }) => ({
      name,
      ...(setting !== undefined && { options: setting.options }),
      ...summary,
      groups: Object.fromEntries(groups),
      // Not `series`: that name is the summary's, for the number of series.
      perSeries: scores.map((score, index) => ({ name: series[index]?.name, ...score })),
    })),
  };
}
