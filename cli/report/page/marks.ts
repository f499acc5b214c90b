import type uPlot from 'uplot';
import type { DrawnSeries } from '../drawing.ts';
import { markStyles } from '../mark-styles.ts';
import type { Span } from '../report.ts';
import type { ValueScale } from '../value-axis.ts';
import { colour } from './colour.ts';

type Shape = (context: CanvasRenderingContext2D, x: number, y: number, size: number) => void;

/** Shapes around a place on the canvas, `size` being one CSS pixel. */
const shapes: Readonly<Record<'triangle' | 'dot' | 'ring', Shape>> = {
  triangle(context, x, y, size) {
    context.moveTo(x, y - 6 * size);
    context.lineTo(x + 5.5 * size, y + 4 * size);
    context.lineTo(x - 5.5 * size, y + 4 * size);
    context.closePath();
  },
  dot: (context, x, y, size) => context.arc(x, y, 5 * size, 0, 2 * Math.PI),
  ring: (context, x, y, size) => context.arc(x, y, 7 * size, 0, 2 * Math.PI),
};

export function drawUnderneath(plot: uPlot, { intervals, delays, windows }: DrawnSeries): void {
  shade(plot, windows, 'window');
  shade(plot, delays, 'delay');
  shade(plot, intervals, 'interval');
}

function shade(plot: uPlot, spans: readonly Span[], name: string): void {
  const { ctx: context, bbox } = plot;
  context.save();
  clip(plot);
  context.fillStyle = colour(name);
  for (const { from, to } of spans) {
    const left = plot.valToPos(from, 'x', true);
    const right = plot.valToPos(to, 'x', true);
    context.fillRect(left, bbox.top, Math.max(right - left, devicePixelRatio), bbox.height);
  }
  context.restore();
}

export function drawAbove(plot: uPlot, { levels, marks }: DrawnSeries, scale: ValueScale): void {
  const { ctx: context, bbox } = plot;
  const size = devicePixelRatio;
  const placeX = (x: number) => plot.valToPos(x, 'x', true);
  const placeY = (y: number) => plot.valToPos(scale.toUnit(y), 'y', true);
  context.save();
  clip(plot);
  context.lineWidth = 1.5 * size;
  context.strokeStyle = colour('level');
  context.setLineDash([5 * size, 3 * size]);
  for (const { from, to, value } of levels) {
    context.beginPath();
    context.moveTo(placeX(from), placeY(value));
    context.lineTo(placeX(to), placeY(value));
    context.stroke();
  }
  context.setLineDash([]);
  for (const { kind, x, y } of marks) {
    const { shape, colour: own } = markStyles[kind];
    context.beginPath();
    if (shape === 'triangle' || shape === 'dot' || shape === 'ring')
      shapes[shape](context, placeX(x), placeY(y), size);
    else {
      context.moveTo(placeX(x), bbox.top);
      context.lineTo(placeX(x), bbox.top + bbox.height);
    }
    context.strokeStyle = context.fillStyle = own;
    context.lineWidth = 1.7 * size;
    if (shape === 'triangle' || shape === 'dot') {
      context.fill();
      context.strokeStyle = colour('page');
      context.lineWidth = size;
    }
    context.stroke();
  }
  context.restore();
}

function clip({ ctx: context, bbox }: uPlot): void {
  context.beginPath();
  context.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  context.clip();
}
