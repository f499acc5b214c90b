import type { AnnotatedSeries, MarkedChanges } from './annotated.ts';
import { covering } from './definitions/covering.ts';
import { agreement } from './definitions/f1.ts';
import { detect } from './detect.ts';
import type { Reported } from './reported.ts';
import { type Setting, settings } from './settings.ts';

/** Whoever reports change points and is scored for it. */
export interface Contender {
  readonly name: string;
  /** Of a detector. */
  readonly setting?: Setting;
  report(series: AnnotatedSeries): readonly Reported[];
}

/** Every setting, between what any setting should beat and what none can. */
export function contenders(margin: number): readonly Contender[] {
  return [
    { name: 'reports nothing', report: () => [] },
    { name: 'reports every point', report: ({ values }) => atOnce([...values.keys()].slice(1)) },
    ...settings().map(
      (setting): Contender => ({
        name: setting.name,
        setting,
        report: (series) => detect(series, setting.options),
      }),
    ),
    { name: 'perfect annotator', report: (series) => perfect(series, margin) },
  ];
}

/** Knows what an annotator marked, and knows it at once: of several annotators, what the one marked who agrees best with all. */
function perfect({ truth, values }: AnnotatedSeries, margin: number): readonly Reported[] {
  if (truth.kind === 'windows') return atOnce(truth.windows.map(({ first }) => first));
  return atOnce(bestAgreed(truth, values.length, margin));
}

function bestAgreed({ annotators }: MarkedChanges, length: number, margin: number): readonly number[] {
  const all = annotators.map(({ changes }) => changes);
  const ranked = all.map((changes) => ({
    changes,
    f1: agreement(all, changes, margin).f1,
    covering: covering(all, changes, length),
  }));
  ranked.sort((a, b) => b.f1 - a.f1 || b.covering - a.covering);
  return ranked[0]?.changes ?? [];
}

function atOnce(places: readonly number[]): readonly Reported[] {
  return places.map((place) => ({ changedAt: place, detectedAt: place }));
}
