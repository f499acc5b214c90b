import type { DetectorOptions } from '@aed/core';
import type { Draw } from '../../cli/produce/random.ts';

/** How the next value of a series follows from its place. */
type Shape = (index: number, draw: Draw, size: number) => number;

const gauss = (draw: Draw) => Math.sqrt(-2 * Math.log(draw())) * Math.cos(2 * Math.PI * draw());

/** Shapes that may be hard on a search for places, on merges of blocks, or on scores. */
export const shapes: Readonly<Record<string, Shape>> = {
  'normal noise': (_, draw) => gauss(draw),
  sorted: (index) => index,
  'sorted down': (index) => -index,
  'sorted with noise': (index, draw, size) => index / size + draw(),
  'alternating extremes': (index, draw) => (index % 2 === 0 ? 1e300 : -1e300) * draw(),
  'extremes that grow': (index) => (index % 2 === 0 ? index : -index),
  'a constant': () => 7,
  'a constant and rare others': (_, draw, size) => (draw() < 1 / size ? draw() : 0),
  'few levels': (_, draw, size) => Math.floor(size * draw()),
  'half zeros': (_, draw) => (draw() < 0.5 ? 0 : draw()),
  'geometric values': (index, draw) => 2 ** ((index % 1000) - 500) * (draw() < 0.5 ? -1 : 1),
  'values that come together': (index) => 1 / (index + 1),
  'one cell and two outliers': (index, draw) => (index % 64 === 0 ? 1e6 * (draw() - 0.5) : 1e-9 * draw()),
  'a wave': (index, draw, size) => Math.sin(index / size) + draw() / size,
  'integers in bits reversed': (index) => {
    let reversed = 0;
    for (let bit = 0; bit < 16; bit++) reversed = 2 * reversed + ((index >> bit) & 1);
    return reversed;
  },
};

/** A series that may cost much, and the options it is scanned with. */
export interface Adversary {
  readonly name: string;
  readonly options: DetectorOptions;
  readonly values: Float64Array;
}

const oneOf = <Item>(draw: Draw, items: readonly Item[]) => items[Math.floor(draw() * items.length)] as Item;

/** One or two shapes, one after the other with a shift between them, at random; and options. */
export function randomAdversary(draw: Draw, points: number): Adversary {
  const [first, second] = [oneOf(draw, Object.entries(shapes)), oneOf(draw, Object.entries(shapes))];
  const change = oneOf(draw, [1, 1, draw()]);
  const shift = oneOf(draw, [0, 0, 0.3, 1, 100]);
  const size = oneOf(draw, [2, 3, 10, 100, 1000]);
  const values = Float64Array.from({ length: points }, (_, index) => {
    const isLater = index >= change * points;
    return (isLater ? second : first)[1](index, draw, size) + (isLater ? shift : 0);
  });
  const options = {
    practicalThreshold: oneOf(draw, [0, 0, 0, 0.5, size]),
    minimumLength: oneOf(draw, [2, 8, 8, 20]),
    falseAlarmEvery: oneOf(draw, [100, 10_000, 10_000_000]),
  };
  const name = change < 1 ? `${first[0]}, then ${second[0]}` : first[0];
  return { name: `${name}, size ${size}, shift ${change < 1 ? shift : 0}`, options, values };
}
