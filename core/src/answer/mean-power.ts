import { at } from '../float-list.ts';

/** The mean of ratios that are given by their logarithms, each to a power. */
export function meanPower(logRatios: Float64Array, power: number): number {
  let sum = 0;
  for (let index = 0; index < logRatios.length; index++) sum += Math.exp(power * at(logRatios, index));
  return sum / logRatios.length;
}
