import { normal } from '../../cli/produce/random.ts';

/** With this seed the default options find no change among a million points. */
export const quietSeed = 1;

/** Standard normal noise. */
export function quiet(points: number, seed: number): Float64Array {
  const draw = normal(seed);
  return Float64Array.from({ length: points }, draw);
}

/** Noise whose level moves up by three standard deviations and back, every `every` points. */
export function changing(points: number, every: number, seed: number): Float64Array {
  return quiet(points, seed).map((value, index) => value + 3 * (Math.floor(index / every) % 2));
}
