import { setImmediate } from 'node:timers/promises';
import type { AnnotatedSet } from './annotated.ts';
import type { Contender } from './contenders.ts';
import { type SeriesScore, scoreSeries } from './score.ts';
import { type Summary, summarize } from './summary.ts';

/** The scores of one contender, over the whole set and by group. */
export interface Scored {
  readonly name: string;
  readonly summary: Summary;
  readonly groups: ReadonlyMap<string, Summary>;
}

export interface Result extends Scored {
  readonly contender: Contender;
  /** The score on each series, in the order of the set. */
  readonly scores: readonly SeriesScore[];
}

interface EvaluateOptions {
  readonly margin: number;
  readonly signal: AbortSignal;
  /** Called when all contenders have been scored on another series. */
  readonly onSeries?: (done: number) => void;
}

/** Scores every contender on every series. @throws the signal's reason if it aborts */
export async function evaluate(
  { series }: AnnotatedSet,
  contenders: readonly Contender[],
  { margin, signal, onSeries = () => {} }: EvaluateOptions,
): Promise<readonly Result[]> {
  const scores = contenders.map((): SeriesScore[] => []);
  for (const [number, one] of series.entries()) {
    for (const [index, contender] of contenders.entries()) {
      // Detection never waits by itself: without this, Ctrl-C would not be handled.
      await setImmediate();
      signal.throwIfAborted();
      scores[index]?.push(scoreSeries(one, contender.report(one), margin));
    }
    onSeries(number + 1);
  }
  const groupNames = [...new Set(series.flatMap(({ group }) => group ?? []))];
  return contenders.map((contender, index): Result => {
    const own = scores[index] ?? [];
    const groups = groupNames.map((name): [string, Summary] => [
      name,
      summarize(own.filter((_, number) => series[number]?.group === name)),
    ]);
    return { name: contender.name, contender, summary: summarize(own), groups: new Map(groups), scores: own };
  });
}
