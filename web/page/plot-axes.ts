import type uPlot from 'uplot';
import type { Colours } from './plot-colours.ts';
import { timeAxisValues } from './time-axis.ts';

/** Top, right, bottom and left. Plots that stand one above the other use the same, so that their x axes line up. */
export const plotPadding: uPlot.Padding = [8, 30, null, null];

/** The x and the y axis. A time axis shows the day and the year where they change. */
export function axes(
  colours: () => Colours,
  { time, unit }: { readonly time: boolean; readonly unit: string },
): uPlot.Axis[] {
  const both: uPlot.Axis = {
    stroke: () => colours().text,
    font: '12px system-ui, sans-serif',
    grid: { stroke: () => colours().grid, width: 1 },
    ticks: { stroke: () => colours().grid, width: 1, size: 4 },
  };
  return [
    { ...both, size: time ? 42 : 28, ...(time && { values: timeAxisValues, space: 70 }) },
    { ...both, size: 58, ...(unit !== '' && { label: unit, labelSize: 18, labelFont: both.font ?? '' }) },
  ];
}
