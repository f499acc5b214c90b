import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { printable } from '../../lambda/printable.ts';
import { tickLabel } from '../../lambda/times.ts';
import { escaped, symbol } from './markup.ts';
import {
  kindsIn,
  type Mark,
  type MarkKind,
  type MarkStyle,
  markStyles,
  type Points,
  type Report,
  type ReportSeries,
} from './report.ts';

const width = 960;
const panelHeight = 300;
const titleHeight = 34;
const legendHeight = 26;
/** Number of series in a picture. The page has all of them. */
const mostPanels = 12;
const fonts = 'DejaVu Sans, Helvetica, Arial, sans-serif';

/** The report as one picture for documents: its series below one another, on white. */
export function renderSvg(report: Report): string {
  const drawn = report.series.slice(0, mostPanels);
  const rest = report.series.length - drawn.length;
  const kinds = kindsIn(report);
  const top = titleHeight + (kinds.length > 0 ? legendHeight : 0);
  const height = top + drawn.length * panelHeight + (rest > 0 ? legendHeight : 0);
  const { document } = parseHTML('<html><body></body></html>');
  const panels = drawn.map((series, index) => panel(document, series, report, top + index * panelHeight));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(description(report))}" font-family="${fonts}">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    text(16, 23, report.title, 'font-size="16" font-weight="bold"'),
    ...legend(kinds, titleHeight + 14),
    ...panels,
    ...(rest > 0 ? [text(16, height - 9, `and ${rest} more series`, 'font-size="12"')] : []),
    '</svg>\n',
  ].join('\n');
}

function description({ title, series }: Report): string {
  return [title, ...series.slice(0, mostPanels).map((one) => one.description)].join('. ');
}

function panel(
  document: ReturnType<typeof parseHTML>['document'],
  series: ReportSeries,
  { xIs, unit }: Report,
  y: number,
): string {
  const { points, levels, intervals, delays, marks } = series;
  const at = xIs === 'time' ? (x: number) => new Date(x) : (x: number) => x;
  const readings = points.x.map((x, index) => ({ x: at(x), y: points.y[index] as number }));
  const ofShape = (shape: MarkStyle['shape']) => marks.filter(({ kind }) => markStyles[kind].shape === shape);
  const span = (points.x.at(-1) ?? 0) - (points.x[0] ?? 0);
  const colour = ({ kind }: Mark) => markStyles[kind].colour;
  const plot = Plot.plot({
    document,
    width,
    height: panelHeight,
    marginLeft: 60,
    marginRight: 36,
    marginTop: 30,
    marginBottom: 30,
    style: { fontSize: '12px', background: 'none', color: '#333', fontFamily: fonts },
    x: {
      type: xIs === 'time' ? 'utc' : 'linear',
      label: null,
      ticks: 9,
      ...(xIs === 'time' && { tickFormat: (time: Date) => tickLabel(time, span) }),
    },
    y: { label: null, grid: true, ...(readings.length > 0 && { domain: extent(points.y) }) },
    marks: [
      ...[
        { spans: delays, fill: '#d62728', fillOpacity: 0.12 },
        { spans: intervals, fill: markStyles.interval.colour, fillOpacity: 0.3 },
      ].map(({ spans, ...look }) =>
        Plot.rectX(spans, { x1: ({ from }) => at(from), x2: ({ to }) => at(to), ...look }),
      ),
      Plot.lineY(readings, {
        x: 'x',
        y: 'y',
        stroke: '#4b6a88',
        strokeWidth: readings.length > 2000 ? 0.7 : 1.1,
      }),
      Plot.ruleY(levels, {
        y: 'value',
        x1: ({ from }) => at(from),
        x2: ({ to }) => at(to),
        stroke: '#111',
        strokeWidth: 1.4,
        strokeDasharray: '5 3',
      }),
      Plot.ruleX(ofShape('line'), { x: ({ x }: Mark) => at(x), stroke: colour, strokeWidth: 1.3 }),
      ...(['triangle', 'dot'] as const).map((shape) =>
        Plot.dot(ofShape(shape), {
          x: ({ x }: Mark) => at(x),
          y: 'y',
          r: 5,
          symbol: shape === 'triangle' ? 'triangle' : 'circle',
          fill: colour,
          stroke: '#fff',
          strokeWidth: 0.8,
        }),
      ),
      Plot.dot(ofShape('ring'), {
        x: ({ x }: Mark) => at(x),
        y: 'y',
        r: 7,
        stroke: colour,
        strokeWidth: 1.8,
      }),
    ],
  });
  plot.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  plot.setAttribute('y', String(y));
  plot.setAttribute('aria-hidden', 'true');
  const axis = xIs === 'time' ? `over time, UTC, from ${startOf(points)}` : 'over the number of the reading';
  const name = `${printable(series.name)}${unit === '' ? '' : `, ${unit}`}`;
  return `${plot.outerHTML}\n${text(16, y + 17, name, 'font-size="13" font-weight="bold" fill="#111"')}\n${text(width - 16, y + 17, axis, 'font-size="11" fill="#555" text-anchor="end"')}`;
}

/** Lowest and highest value, with some room. */
function extent(values: readonly number[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const room = 0.06 * (high - low) || 1;
  return [low - room, high + room];
}

function startOf({ x: [first = 0] }: Points): string {
  return new Date(first).toISOString().slice(0, 19).replace('T', ' ');
}

function legend(kinds: readonly MarkKind[], y: number): readonly string[] {
  let x = 22;
  return kinds.flatMap((kind) => {
    const { legend: words } = markStyles[kind];
    const parts = [symbol(kind, x, y - 4), text(x + 11, y, words, 'font-size="12"')];
    // About as wide as such letters are.
    x += 40 + words.length * 6.7;
    return parts;
  });
}

function text(x: number, y: number, words: string, attributes: string): string {
  return `<text x="${x}" y="${y}" ${attributes}>${escaped(words)}</text>`;
}
