import type { Report, ReportSeries } from './report.ts';

/** What the script in the page draws. */
export interface Drawing extends Pick<Report, 'xIs' | 'unit'> {
  readonly series: readonly DrawnSeries[];
}

export type DrawnSeries = Pick<ReportSeries, 'points' | 'levels' | 'intervals' | 'delays' | 'marks'>;

export function drawingOf({ xIs, unit, series }: Report): Drawing {
  return {
    xIs,
    unit,
    series: series.map(({ points, levels, intervals, delays, marks }) => ({
      points,
      levels,
      intervals,
      delays,
      marks,
    })),
  };
}
