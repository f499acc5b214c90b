import type uPlot from 'uplot';
import type { Colours } from './plot-colours.ts';
import type { PlotData, PlottedChange } from './plot-data.ts';

const triangle = 5;
const ruleWidth = 2;

/** Draws one layer of the marks: those below the line of readings, or those above it. */
export function drawChanges(
  plot: uPlot,
  { changePoints, compared = [], level }: PlotData,
  colours: Colours,
  layer: 'below' | 'above',
): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  if (layer === 'below') {
    for (const { changedAt, detectedAt, interval } of changePoints) {
      shade(plot, changedAt, detectedAt, colours.delay);
      if (interval) shade(plot, interval.from, interval.to, colours.interval);
    }
  } else {
    if (level) drawLevel(plot, colours, level.from, Number.POSITIVE_INFINITY, level.value);
    for (const change of changePoints) {
      drawLevel(plot, colours, change.from, change.changedAt, change.before);
      drawLevel(plot, colours, change.changedAt, change.detectedAt, change.after);
      drawRule(plot, change.changedAt, colours.change);
      drawTriangle(plot, change, colours.change, 'top');
    }
    for (const change of compared) drawTriangle(plot, change, colours.compared, 'bottom');
  }
  ctx.restore();
}

function shade(plot: uPlot, from: number, to: number, colour: string): void {
  const { ctx, bbox } = plot;
  const left = xOf(plot, from);
  // What is narrower than a pixel must still be visible.
  const width = Math.max(canvasPixels(1), xOf(plot, to) - left);
  ctx.fillStyle = colour;
  ctx.fillRect(left, bbox.top, width, bbox.height);
}

function drawLevel(plot: uPlot, colours: Colours, from: number, to: number, value: number): void {
  const { ctx, bbox } = plot;
  const y = plot.valToPos(value, 'y', true);
  ctx.beginPath();
  ctx.moveTo(Math.max(bbox.left, xOf(plot, from)), y);
  ctx.lineTo(Math.min(bbox.left + bbox.width, xOf(plot, to)), y);
  ctx.setLineDash([canvasPixels(6), canvasPixels(4)]);
  ctx.lineWidth = canvasPixels(2);
  ctx.strokeStyle = colours.level;
  ctx.stroke();
  ctx.setLineDash([]);
}

/** On whole pixels: between two of them a rule takes on the colours of the bands on both sides. */
function drawRule(plot: uPlot, at: number, colour: string): void {
  const { ctx, bbox } = plot;
  const width = Math.round(canvasPixels(ruleWidth));
  ctx.fillStyle = colour;
  ctx.fillRect(Math.round(xOf(plot, at) - width / 2), bbox.top, width, bbox.height);
}

/** Points up for a rise, down for a fall. */
function drawTriangle(
  plot: uPlot,
  { changedAt, direction }: PlottedChange,
  colour: string,
  edge: 'top' | 'bottom',
): void {
  const { ctx, bbox } = plot;
  const size = canvasPixels(triangle);
  const x = xOf(plot, changedAt);
  const middle = edge === 'top' ? bbox.top + 1.4 * size : bbox.top + bbox.height - 1.4 * size;
  const tip = direction === 'up' ? middle - size : middle + size;
  const base = direction === 'up' ? middle + size : middle - size;
  ctx.beginPath();
  ctx.moveTo(x, tip);
  ctx.lineTo(x + size, base);
  ctx.lineTo(x - size, base);
  ctx.closePath();
  ctx.fillStyle = colour;
  ctx.fill();
}

function xOf(plot: uPlot, at: number): number {
  if (at === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  return plot.valToPos(at, 'x', true);
}

/** Canvas pixels of a length in CSS pixels. */
function canvasPixels(length: number): number {
  return length * devicePixelRatio;
}
