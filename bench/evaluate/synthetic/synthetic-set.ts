import type { AnnotatedSet } from '../annotated.ts';
import { type SynthesisOptions, synthesize } from './synthesize.ts';

/** Who marks the changes of synthetic series. */
export const generatorName = 'generator';

/** What a folder of synthetic series holds, without the folder. */
export function syntheticSet(options: SynthesisOptions): AnnotatedSet {
  const series = [...synthesize(options)].map(({ name, values, changes }) => {
    const annotators = [{ name: generatorName, changes }];
    return { name, values, truth: { kind: 'changes', annotators } as const };
  });
  return { title: 'synthetic', series, leftOut: [] };
}
