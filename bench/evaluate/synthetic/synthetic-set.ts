import { type AnnotatedSet, groupOf } from '../annotated.ts';
import { type SynthesisOptions, synthesize } from './synthesize.ts';

/** The annotator of synthetic series. */
export const generatorName = 'generator';

/** The set that `--synthesize` writes, without writing it. */
export function syntheticSet(options: SynthesisOptions): AnnotatedSet {
  const series = [...synthesize(options)].map(({ name, values, changes }) => {
    const annotators = [{ name: generatorName, changes }];
    return { name, group: groupOf(name), values, truth: { kind: 'changes', annotators } as const };
  });
  return { title: 'synthetic', series, leftOut: [] };
}
