import type uPlot from 'uplot';
import { expect, test, vi } from 'vitest';
import { drawChanges } from '../../../web/page/draw-changes.ts';
import { coloursOf } from '../../../web/page/plot-colours.ts';
import type { PlottedChange } from '../../../web/page/plot-data.ts';

vi.stubGlobal('devicePixelRatio', 1);
vi.stubGlobal('getComputedStyle', () => ({ getPropertyValue: (name: string) => name }));

/** The rectangles below the line or above it: colour, left edge and width, on a plot of one pixel for each x. */
function bandsOf(changePoints: readonly PlottedChange[], layer: 'below' | 'above' = 'below') {
  const bands: (string | number)[][] = [];
  const ctx = {
    ...{ save() {}, restore() {}, beginPath() {}, closePath() {}, rect() {}, clip() {} },
    ...{ moveTo() {}, lineTo() {}, stroke() {}, fill() {}, setLineDash() {} },
    fillStyle: '',
    fillRect(left: number, _top: number, width: number) {
      bands.push([this.fillStyle, left, width]);
    },
  };
  const plot = { ctx, bbox: { left: 0, top: 0, width: 100, height: 50 }, valToPos: (x: number) => x };
  const colours = coloursOf({} as Element);
  drawChanges(plot as unknown as uPlot, { x: [], y: [], changePoints }, colours, layer);
  return bands;
}

const change: PlottedChange = {
  direction: 'up',
  changedAt: 40,
  detectedAt: 50,
  from: 0,
  before: 1,
  after: 2,
};

test('the delay and the interval of a change are bands', () => {
  expect(bandsOf([{ ...change, interval: { from: 37, to: 42 } }])).toEqual([
    ['--plot-delay', 40, 10],
    ['--plot-interval', 37, 5],
  ]);
});

test('an interval of one reading is still seen', () => {
  expect(bandsOf([{ ...change, interval: { from: 40, to: 40 } }])[1]).toEqual(['--plot-interval', 40, 1]);
});

test('a change without an interval has the delay alone', () => {
  expect(bandsOf([change])).toEqual([['--plot-delay', 40, 10]]);
});

test('the mark of a change covers whole pixels, so that no band shows through', () => {
  expect(bandsOf([{ ...change, changedAt: 40.3 }], 'above')).toEqual([['--plot-change', 39, 2]]);
});
