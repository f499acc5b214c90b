import uPlot from 'uplot';
import { timeAxisValues } from '../../../web/page/time-axis.ts';
import type { Drawing, DrawnSeries } from '../drawing.ts';
import { isolatedIn } from '../gaps.ts';
import { type ValueScale, type ValueTick, valueScale } from '../value-axis.ts';
import { colour } from './colour.ts';
import { drawAbove, drawUnderneath } from './marks.ts';
import { type VisibleRange, zoomed } from './zoom.ts';

export interface ReportPlot {
  zoom(action: string): void;
  /** The stretch of x that is visible. */
  stretch(): VisibleRange;
  show(stretch: VisibleRange): void;
  remove(): void;
}

/** Series of fewer points show each as a dot. */
const fewPoints = 100;
/** Least distance between the ticks of the y axis, in CSS pixels. */
const tickDistance = 36;

export function plotIn(element: HTMLElement, series: DrawnSeries, { xIs, unit }: Drawing): ReportPlot {
  const { x, y } = series.points;
  const scale = valueScale(y);
  const width = element.clientWidth;
  const lone = new Set(isolatedIn(series.points).map((point) => point.x));
  const loneIndexes = x.flatMap((at, index) => (lone.has(at) ? [index] : []));
  const readable = (index: number | null) => {
    const value = index === null ? null : (y[index] ?? null);
    return value === null ? '–' : String(value).replaceAll('-', '−');
  };
  const options: uPlot.Options = {
    width,
    height: Math.max(240, Math.min(420, Math.round(width * 0.42))),
    ms: 1,
    tzDate: (at) => uPlot.tzDate(new Date(at), 'UTC'),
    scales: {
      x: { time: xIs === 'time', range: (_, min, max) => (min < max ? [min, max] : [min - 1, max + 1]) },
      y: { range: (_, min, max) => withRoom(min, max, scale) },
    },
    axes: axes(scale, xIs),
    cursor: { drag: { x: true, y: false } },
    series: [
      xIs === 'time'
        ? { label: 'time', value: (_, at) => (at == null ? '–' : new Date(at).toISOString()) }
        : { label: 'reading', value: (_, at) => (at == null ? '–' : String(at)) },
      {
        label: unit || 'value',
        stroke: colour('line'),
        width: 1.2,
        points: { show: x.length < fewPoints, filter: (_, __, show) => (show ? null : loneIndexes) },
        value: (_, __, ___, index) => readable(index),
      },
    ],
    hooks: {
      drawAxes: [(plot) => drawUnderneath(plot, series)],
      draw: [(plot) => drawAbove(plot, series, scale)],
    },
  };
  element.replaceChildren();
  const units = y.map((value) => (value === null ? null : scale.toUnit(value)));
  const plot = new uPlot(options, [[...x], units], element);
  const whole: VisibleRange = { min: x[0] ?? 0, max: x.at(-1) ?? 0 };
  const stretch = (): VisibleRange => ({
    min: plot.scales.x?.min ?? whole.min,
    max: plot.scales.x?.max ?? whole.max,
  });
  return {
    zoom: (action) => plot.setScale('x', zoomed(action, stretch(), whole)),
    stretch,
    show: (wanted) => plot.setScale('x', wanted),
    remove: () => plot.destroy(),
  };
}

/** The extent of what is visible, or of all values where that has none. */
function withRoom(min: number | null, max: number | null, { extent }: ValueScale): [number, number] {
  if (min === null || max === null) return [...extent];
  const room = 0.06 * (max - min) || 1;
  return [min - room, max + room];
}

function axes(scale: ValueScale, xIs: Drawing['xIs']): uPlot.Axis[] {
  const both: uPlot.Axis = {
    stroke: colour('quiet'),
    font: '12px system-ui, sans-serif',
    grid: { stroke: colour('edge'), width: 1 },
    ticks: { stroke: colour('edge') },
  };
  let ticks: readonly ValueTick[] = [];
  return [
    xIs === 'time'
      ? { ...both, size: 42, values: timeAxisValues, space: 80 }
      : { ...both, values: (_, splits) => splits.map((at) => (Number.isInteger(at) ? String(at) : '')) },
    {
      ...both,
      splits: (plot, _, min, max) => {
        const count = Math.max(2, Math.floor(plot.height / tickDistance / 1.4));
        ticks = scale.ticks(min, max, count);
        return ticks.map(({ at }) => at);
      },
      values: () => ticks.map(({ label }) => label),
      size: (_, labels) => 22 + 7 * Math.max(3, ...(labels ?? []).map(({ length }) => length)),
    },
  ];
}
