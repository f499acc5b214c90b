import uPlot from 'uplot';
import { axisLabels } from '../../lambda/axis-labels.ts';
import type { Zone } from './chosen/shown-times.ts';
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
    {
      ...both,
      size: (_, labels) => axisWidth(labels),
      values: (_, ticks) => [...axisLabels(ticks)],
      ...(unit !== '' && { label: unit, labelSize: 18, labelFont: both.font ?? '' }),
    },
  ];
}

/** The date from which uPlot takes the parts of its labels. */
export function dateIn(zone: Zone, at: number): Date {
  return zone === 'utc' ? uPlot.tzDate(new Date(at), 'UTC') : new Date(at);
}

/** Room for the longest label of the y axis, in CSS pixels: about 7 a digit. */
function axisWidth(labels: readonly string[] | null): number {
  return Math.max(58, 20 + 7 * Math.max(0, ...(labels ?? []).map(({ length }) => length)));
}
