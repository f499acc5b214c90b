import * as Plot from '@observablehq/plot';
import type { parseHTML } from 'linkedom';
import { typeset } from '../../lambda/figures.ts';
import { printable } from '../../lambda/printable.ts';
import { utcTime } from '../../lambda/times.ts';
import { isolatedIn } from './gaps.ts';
import { type MarkStyle, markStyles, shadeOpacity } from './mark-styles.ts';
import type { Mark, Points, Report, ReportSeries } from './report.ts';
import { boldText, fonts, pictureWidth, svgText, textWidth } from './svg-text.ts';
import { timeLabels } from './time-labels.ts';
import { valueScale } from './value-axis.ts';

const fontSize = 12;
const valueTickCount = 7;

/** One series of a picture. */
export function panel(
  document: ReturnType<typeof parseHTML>['document'],
  series: ReportSeries,
  { xIs, unit }: Report,
  { y, height }: { readonly y: number; readonly height: number },
): string {
  const { points, levels, intervals, delays, windows = [], marks } = series;
  const isTime = xIs === 'time';
  const at = isTime ? (x: number) => new Date(x) : (x: number) => x;
  const scale = valueScale(points.y);
  const ticks = scale.ticks(...scale.extent, valueTickCount);
  const [first, last] = extentOf(points, isTime);
  const ofShape = (shape: MarkStyle['shape']) => marks.filter(({ kind }) => markStyles[kind].shape === shape);
  const place = { x: ({ x }: Mark) => at(x), y: (mark: Mark) => scale.toUnit(mark.y) };
  const colour = ({ kind }: Mark) => markStyles[kind].colour;
  const plot = Plot.plot({
    document,
    width: pictureWidth,
    height,
    marginLeft: Math.max(60, 24 + Math.max(...ticks.map(({ label }) => textWidth(label, fontSize + 1)))),
    marginRight: 36,
    marginTop: 30,
    marginBottom: 40,
    style: { fontSize: `${fontSize}px`, background: 'none', color: '#333', fontFamily: fonts },
    x: {
      type: isTime ? 'utc' : 'linear',
      label: null,
      domain: [at(first), at(last)],
      ticks: 9,
      tickFormat: isTime
        ? // Plot hands over all ticks, which its types leave out.
          (_: Date, index: number, all: readonly Date[] = []) => timeLabels(all.map(Number))[index]
        : (number: number) => (Number.isInteger(number) ? typeset.count(number) : ''),
    },
    y: {
      label: null,
      grid: true,
      domain: scale.extent,
      ticks: ticks.map((tick) => tick.at),
      tickFormat: (_: number, index: number) => ticks[index]?.label ?? '',
    },
    marks: [
      ...[
        { spans: windows, fill: markStyles.window.colour, fillOpacity: shadeOpacity.window },
        { spans: delays, fill: markStyles.delay.colour, fillOpacity: shadeOpacity.delay },
        { spans: intervals, fill: markStyles.interval.colour, fillOpacity: shadeOpacity.interval },
      ].map(({ spans, ...look }) =>
        Plot.rectX(spans, { x1: ({ from }) => at(from), x2: ({ to }) => at(to), ...look }),
      ),
      Plot.lineY(points.x, {
        x: at,
        y: points.y.map((value) => (value === null ? Number.NaN : scale.toUnit(value))),
        stroke: '#4b6a88',
        strokeWidth: points.x.length > 2000 ? 0.7 : 1.1,
      }),
      Plot.dot(isolatedIn(points), {
        x: (point) => at(point.x),
        y: (point) => scale.toUnit(point.y),
        r: 2.2,
        fill: '#4b6a88',
      }),
      Plot.ruleY(levels, {
        y: ({ value }) => scale.toUnit(value),
        x1: ({ from }) => at(from),
        x2: ({ to }) => at(to),
        stroke: '#111',
        strokeWidth: 1.4,
        strokeDasharray: '5 3',
      }),
      Plot.ruleX(ofShape('line'), { x: place.x, stroke: colour, strokeWidth: 1.3 }),
      ...(['triangle', 'dot'] as const).map((shape) =>
        Plot.dot(ofShape(shape), {
          ...place,
          r: 5,
          symbol: shape === 'triangle' ? 'triangle' : 'circle',
          fill: colour,
          stroke: '#fff',
          strokeWidth: 0.8,
        }),
      ),
      Plot.dot(ofShape('ring'), { ...place, r: 7, stroke: colour, strokeWidth: 1.8 }),
    ],
  });
  plot.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  plot.setAttribute('y', String(y));
  plot.setAttribute('aria-hidden', 'true');
  const axis = isTime ? timeCaption(points) : numberCaption(points);
  const name = `${printable(series.name)}${unit === '' ? '' : `, ${unit}`}`;
  const nameWidth = pictureWidth - 16 - textWidth(axis, 11) - 16 - 16;
  return `${plot.outerHTML}\n${boldText(16, y + 17, name, 13, nameWidth)}\n${svgText(pictureWidth - 16, y + 17, axis, 'font-size="11" fill="#555" text-anchor="end"')}`;
}

/** The first and the last x, whatever their order; with some room around a single one. */
function extentOf({ x }: Points, isTime: boolean): [number, number] {
  const [first, last] = endsOf(x);
  const room = isTime ? 60_000 : 1;
  return first < last ? [first, last] : [first - room, first + room];
}

function endsOf(x: readonly number[]): [number, number] {
  let [first, last] = [x[0] ?? 0, x[0] ?? 0];
  for (const one of x) [first, last] = [Math.min(first, one), Math.max(last, one)];
  return [first, last];
}

function numberCaption({ x }: Points): string {
  const [from, to] = endsOf(x);
  return `over the number of the reading, from ${from} to ${to}`;
}

function timeCaption({ x }: Points): string {
  const [from = '', to = ''] = endsOf(x).map(utcTime);
  const [date = '', clock = ''] = to.split(' ');
  return `over time, UTC, from ${from} to ${from.startsWith(date) ? clock : to}`;
}
