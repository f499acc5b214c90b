import { changeMarks, type DrawnChange } from '../../cli/report/change-marks.ts';
import type { Mark, Points, Report, ReportSeries } from '../../cli/report/report.ts';
import { thinner } from '../../cli/report/thin.ts';
import { plain } from '../../lambda/figures.ts';
import type { AnnotatedSeries, AnnotatedSet } from './annotated.ts';
import { detect } from './detect.ts';
import type { Result } from './evaluate.ts';
import type { Setting } from './settings.ts';
import { summarize } from './summary.ts';
import { summaryRows, wordsFor } from './view.ts';

const stretchesDrawn = 2_000;
/** Only the first series of the set are drawn. */
const mostSeries = 50;

/** A report with the scores of all contenders, and a plot of each series with its marks and the change points of one setting. */
export function evaluationReport(
  set: AnnotatedSet,
  results: readonly Result[],
  margin: number,
  drawn: Setting,
): Report {
  const { series } = set;
  const { head, rows } = summaryRows(results);
  const { rule, meaning } = wordsFor(set, margin);
  return {
    title: `Change points and annotations: ${set.title}`,
    notes: [
      `${plain.counted(series.length, 'series', 'series')}${rule}. The plots show what ${drawn.name} reports.`,
      ...rows.map(
        ([name, ...cells]) =>
          `${name}: ${cells.map((cell, index) => `${head[index + 1]} ${cell}`).join(', ')}.`,
      ),
      `${meaning}.`,
    ],
    xIs: 'reading',
    unit: '',
    series: series.slice(0, mostSeries).map((one, index) => seriesOf(one, index, results, drawn)),
    further: Math.max(0, series.length - mostSeries),
  };
}

function seriesOf(
  series: AnnotatedSeries,
  index: number,
  results: readonly Result[],
  { name, options }: Setting,
): ReportSeries {
  const { truth } = series;
  const changes = detect(series, options).map(
    ({ from, changedAt, interval, detectedAt, before, after }): DrawnChange => ({
      from,
      changedAt,
      interval,
      detectedAt,
      value: series.values[detectedAt] as number,
      before: before.median,
      after: after.median,
    }),
  );
  const { marks, ...drawn } = changeMarks(changes);
  const ofSeries = results.map((result) => ({
    ...result,
    summary: summarize(result.scores.slice(index, index + 1)),
  }));
  return {
    name: series.name,
    points: pointsOf(series),
    ...drawn,
    ...(truth.kind === 'windows' && {
      windows: truth.windows.map(({ first, last }) => ({ from: first, to: last })),
    }),
    marks: [...marks, ...markedPlaces(series)],
    description: `Plot of ${series.name}: ${plain.counted(changes.length, 'change point')} of ${name}`,
    tables: [{ caption: 'Scores on this series', ...summaryRows(ofSeries) }],
  };
}

/** The values, from the first place of the series to the last, also where those have none: marks may stand there. */
function pointsOf({ values }: AnnotatedSeries): Points {
  const thin = thinner(stretchesDrawn);
  for (const [at, value] of values.entries()) {
    if (Number.isNaN(value)) thin.missing();
    else thin.push(at, value);
  }
  const { x, y } = thin.points();
  const [first, last] = [x[0] ?? 0, x.at(-1) ?? 0];
  const before = first > 0 ? [0] : [];
  const after = last < values.length - 1 ? [values.length - 1] : [];
  return {
    x: [...before, ...x, ...after],
    y: [...before.map(() => null), ...y, ...after.map(() => null)],
  };
}

function markedPlaces({ truth, values }: AnnotatedSeries): readonly Mark[] {
  if (truth.kind === 'windows') return [];
  const places = new Set(truth.annotators.flatMap(({ changes }) => changes));
  // If the value is missing, the mark is drawn at the height of the next one, or else of the last one.
  const isThere = (value: number) => !Number.isNaN(value);
  const heightAt = (place: number) => values.slice(place).find(isThere) ?? values.findLast(isThere) ?? 0;
  return [...places].map((x) => ({ kind: 'marked', x, y: heightAt(x) }));
}
