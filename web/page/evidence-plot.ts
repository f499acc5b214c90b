import uPlot from 'uplot';
import type { Stretch } from './change-plot.ts';
import { axes, plotPadding } from './plot-axes.ts';
import { coloursOf, onColourScheme } from './plot-colours.ts';

/** Plots the statistic of each test, in percent of the value that a change point needs. */
export interface EvidencePlot {
  /** @param percent - for each x; NaN where no test ended */
  update(x: readonly number[], percent: readonly number[]): void;
  /** Shows the same stretch of x as the plot above. */
  show(stretch: Stretch): void;
}

const height = 96;
const needed = 100;

/** A low plot below the one of the readings: how close each test came to a change point. Both share x axis and cursor. */
export function evidencePlot(element: HTMLElement, group: string): EvidencePlot {
  element.classList.add('change-plot');
  let colours = coloursOf(element);
  const [, percentAxis] = axes(() => colours, { time: true, unit: '% of needed' });
  const plot = new uPlot(
    {
      width: element.clientWidth,
      height,
      ms: 1,
      tzDate: (at) => uPlot.tzDate(new Date(at), 'UTC'),
      legend: { show: false },
      padding: plotPadding,
      scales: { x: { time: true }, y: { range: (_, __, most) => [0, Math.max(1.15 * needed, most ?? 0)] } },
      cursor: {
        sync: { key: group, scales: ['x', null] },
        drag: { x: true, y: false },
        points: { show: false },
      },
      series: [
        {},
        { stroke: () => colours.text, fill: () => colours.grid, width: 1, points: { show: false } },
      ],
      axes: [{ show: false }, { ...percentAxis, space: 24 }],
      hooks: { draw: [(self) => drawNeeded(self, colours.change)] },
    },
    [[], []],
    element,
  );
  plot.root.querySelector('canvas')?.setAttribute('aria-hidden', 'true');
  new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height })).observe(element);
  onColourScheme(() => {
    colours = coloursOf(element);
    plot.redraw(false);
  });
  let data: uPlot.AlignedData = [[], []];
  let stretch: Stretch = { min: 0, max: 1 };
  const draw = () =>
    plot.batch(() => {
      plot.setData(data, false);
      plot.setScale('x', stretch);
    });
  return {
    update(x, percent) {
      data = [[...x], percent.map((part) => (Number.isNaN(part) ? null : part))];
      draw();
    },
    show(next) {
      stretch = next;
      draw();
    },
  };
}

function drawNeeded({ ctx, bbox, valToPos }: uPlot, colour: string): void {
  const y = valToPos(needed, 'y', true);
  ctx.save();
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.stroke();
  ctx.restore();
}
