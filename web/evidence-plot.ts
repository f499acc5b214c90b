import uPlot from 'uplot';
import { axes } from './change-plot.ts';
import { coloursOf, onColourScheme } from './plot-colours.ts';

/** The evidence of each test, in percent of what is needed for a change point. */
export interface EvidencePlot {
  /** @param percent - NaN where nothing was tested */
  update(x: readonly number[], percent: readonly number[]): void;
}

const height = 110;
const needed = 100;

/** A narrow plot below the one of the readings, which shares its x axis and its cursor: how close each test came. */
export function evidencePlot(element: HTMLElement, group: string): EvidencePlot {
  element.classList.add('change-plot');
  let colours = coloursOf(element);
  const plot = new uPlot(
    {
      width: element.clientWidth,
      height,
      ms: 1,
      tzDate: (at) => uPlot.tzDate(new Date(at), 'UTC'),
      legend: { show: false },
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
      axes: axes(() => colours, { time: true, unit: '% of needed' }),
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
  return {
    update(x, percent) {
      plot.setData([[...x], percent.map((part) => (Number.isNaN(part) ? null : part))]);
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
