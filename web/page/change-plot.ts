import uPlot from 'uplot';
import type { Zone } from './chosen/shown-times.ts';
import { drawChanges } from './draw-changes.ts';
import { axes, dateIn, plotPadding } from './plot-axes.ts';
import { coloursOf, onColourScheme } from './plot-colours.ts';
import type { PlotData } from './plot-data.ts';

export interface ChangePlotOptions {
  /** Height of the whole plot, in CSS pixels. Its width is that of the element. */
  readonly height: number;
  /** Whether x is in epoch milliseconds, and in which zone they are shown. */
  readonly time: boolean;
  readonly zone?: () => Zone;
  /** Label of the y axis; empty if unknown. */
  readonly unit: string;
  /** Plots with the same group share the cursor and the zoom. */
  readonly group?: string;
  /** Called with the x of the point at the cursor; with `undefined` when the cursor has left the plot. */
  readonly onCursor?: (x: number | undefined) => void;
  /** Called with the stretch of x that is visible, whenever it changes. */
  readonly onStretch?: (stretch: Stretch) => void;
}

/** A stretch of the x axis. */
export interface Stretch {
  readonly min: number;
  readonly max: number;
}

export interface ChangePlot {
  /** Draws other data and keeps the zoom. */
  update(data: PlotData): void;
  /** Shows only a stretch of x; without one, all of it. */
  zoom(stretch: Stretch | undefined): void;
  /** Sets the text that a screen reader speaks for the plot. */
  describe(text: string): void;
  /** Draws the axis anew, in the zone of now. */
  rezone(): void;
  remove(): void;
}

/**
 * A line of readings with its change points. A mark stands at each change, the delay until the detection is shaded, and the
 * levels are dashed.
 *
 * The colours are custom properties of change-plot.css and follow the colour scheme. A drag zooms in on a stretch of x. A
 * double click zooms out. Thin the data first if it has more than about 100,000 points.
 */
export function changePlot(
  element: HTMLElement,
  data: PlotData,
  { height, time, zone = () => 'utc', unit, group, onCursor, onStretch }: ChangePlotOptions,
): ChangePlot {
  let shown = data;
  // The class sets the colours.
  element.classList.add('change-plot');
  let colours = coloursOf(element);

  const plot = new uPlot(
    {
      width: element.clientWidth,
      height,
      ...(time && { ms: 1, tzDate: (at: number) => dateIn(zone(), at) }),
      legend: { show: false },
      padding: plotPadding,
      scales: { x: { time } },
      cursor: {
        ...(group !== undefined && { sync: { key: group, scales: ['x', null] } }),
        drag: { x: true, y: false },
        points: { size: 7 },
      },
      series: [{}, { stroke: () => colours.line, width: 1.5, points: { show: false } }],
      axes: axes(() => colours, { time, unit }),
      hooks: {
        drawAxes: [(self) => drawChanges(self, shown, colours, 'below')],
        draw: [(self) => drawChanges(self, shown, colours, 'above')],
        setScale: [
          ({ scales: { x: { min, max } = {} } }, key) => {
            if (key === 'x' && min != null && max != null) onStretch?.({ min, max });
          },
        ],
        setCursor: [({ cursor: { idx } }) => onCursor?.(idx == null ? undefined : shown.x[idx])],
      },
    },
    [data.x, data.y],
    element,
  );
  const canvas = plot.root.querySelector('canvas');
  canvas?.setAttribute('role', 'img');
  canvas?.setAttribute('aria-label', 'Plot of the readings');

  const resizing = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
  resizing.observe(element);
  const stopWatching = onColourScheme(() => {
    colours = coloursOf(element);
    plot.redraw(false);
  });

  return {
    update(next) {
      const zoomed = isZoomed(plot);
      shown = next;
      plot.setData([next.x, next.y], !zoomed);
      if (zoomed) plot.redraw();
    },
    zoom(stretch) {
      const [x] = plot.data;
      plot.setScale('x', stretch ?? { min: x[0] ?? 0, max: x.at(-1) ?? 0 });
    },
    rezone: () => plot.redraw(false, true),
    describe(text) {
      canvas?.setAttribute('aria-label', text);
    },
    remove() {
      resizing.disconnect();
      stopWatching();
      plot.destroy();
    },
  };
}

function isZoomed({ data: [x], scales }: uPlot): boolean {
  const { min, max } = scales.x ?? {};
  const first = x?.[0];
  const last = x?.[x.length - 1];
  if (min == null || max == null || first == null || last == null) return false;
  return min > first || max < last;
}
