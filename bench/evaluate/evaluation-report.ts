import { changeMarks, type DrawnChange } from '../../cli/report/change-marks.ts';
import type { Mark, Report, ReportSeries } from '../../cli/report/report.ts';
import { thinner } from '../../cli/report/thin.ts';
import { plain } from '../../lambda/figures.ts';
import type { AnnotatedSeries, AnnotatedSet } from './annotated.ts';
import { detect } from './detect.ts';
import type { Result } from './evaluate.ts';
import type { Setting } from './settings.ts';
import { summarize } from './summary.ts';
import { summaryRows } from './view.ts';

const stretchesDrawn = 2_000;
/** Only the first series of the set are drawn. */
const mostSeries = 50;

/** A report with the scores of all contenders, and a plot of each series with its marks and the change points of one setting. */
export function evaluationReport(
  { title, series }: AnnotatedSet,
  results: readonly Result[],
  margin: number,
  drawn: Setting,
): Report {
  const { head, rows } = summaryRows(results);
  const left = series.length - mostSeries;
  return {
    title: `Change points and annotations: ${title}`,
    notes: [
      `${plain.counted(series.length, 'series', 'series')}; a place may be off by ${plain.counted(margin, 'point')}. The plots show what ${drawn.name} reports.`,
      ...rows.map(
        ([name, ...cells]) =>
          `${name}: ${cells.map((cell, index) => `${head[index + 1]} ${cell}`).join(', ')}.`,
      ),
      ...(left > 0
        ? [`${plain.counted(left, 'more series is', 'more series are')} in the set but not drawn here.`]
        : []),
    ],
    xIs: 'reading',
    unit: '',
    series: series.slice(0, mostSeries).map((one, index) => seriesOf(one, index, results, drawn)),
  };
}

function seriesOf(
  series: AnnotatedSeries,
  index: number,
  results: readonly Result[],
  { name, options }: Setting,
): ReportSeries {
  const points = thinner(stretchesDrawn);
  for (const [at, value] of series.values.entries()) if (!Number.isNaN(value)) points.push(at, value);
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
    points: points.points(),
    ...drawn,
    marks: [...marks, ...markedPlaces(series)],
    description: `Plot of ${series.name}: ${plain.counted(changes.length, 'change point')} of ${name}`,
    tables: [{ caption: 'Scores on this series', ...summaryRows(ofSeries) }],
  };
}

function markedPlaces({ truth, values }: AnnotatedSeries): readonly Mark[] {
  const places =
    truth.kind === 'changes'
      ? truth.annotators.flatMap(({ changes }) => changes)
      : truth.windows.flatMap(({ first, last }) => [first, last]);
  // If the value is missing, the mark is drawn at the height of the next one.
  const heightAt = (place: number) => values.slice(place).find((value) => !Number.isNaN(value)) ?? 0;
  return [...new Set(places)].map((x) => ({ kind: 'marked', x, y: heightAt(x) }));
}
