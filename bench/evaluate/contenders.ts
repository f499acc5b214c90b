import type { AnnotatedSeries, MarkedChanges } from './annotated.ts';
import { covering } from './definitions/covering.ts';
import { agreement } from './definitions/f1.ts';
import { detect } from './detect.ts';
import type { Reported } from './reported.ts';
import { type Setting, settings } from './settings.ts';

/** A source of change points that is scored: a setting of the detector, or a reference. */
export interface Contender {
  readonly name: string;
  /** Present if the contender is a setting of the detector. */
  readonly setting?: Setting;
  report(series: AnnotatedSeries): readonly Reported[];
}

/** Every setting, between two references that it should beat and one that it cannot. */
export function contenders(margin: number, period?: number): readonly Contender[] {
  return [
    { name: 'reports nothing', report: () => [] },
    { name: 'reports every point', report: ({ values }) => atOnce([...values.keys()].slice(1)) },
    ...settings(period).map(
      (setting): Contender => ({
        name: setting.name,
        setting,
        report: (series) => detect(series, setting.options),
      }),
    ),
    { name: 'perfect annotator', report: (series) => perfect(series, margin) },
  ];
}

/** Reports the marks of an annotator, each at once. Of several annotators it takes the one who agrees best with all of them. */
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
