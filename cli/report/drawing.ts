import type { Report, ReportSeries } from './report.ts';

/** What the script in the page draws. */
export interface Drawing extends Pick<Report, 'xIs' | 'unit'> {
  readonly series: readonly DrawnSeries[];
}

export type DrawnSeries = Required<
  Pick<ReportSeries, 'points' | 'levels' | 'intervals' | 'delays' | 'windows' | 'marks'>
>;

export function drawingOf({ xIs, unit, series }: Report): Drawing {
  return {
    xIs,
    unit,
    series: series.map(({ points, levels, intervals, delays, windows = [], marks }) => ({
      points,
      levels,
      intervals,
      delays,
      windows,
      marks,
    })),
  };
}
