import { type Draw, exponential, heavyTailed, normal, uniform } from '../../cli/produce/random.ts';

/** A noise of independent points, from a seed. */
export type Noise = (seed: number) => Draw;

/** Without ties, or with few of them. */
export const plainNoises: Readonly<Record<string, Noise>> = {
  normal,
  't₂': heavyTailed,
  exponential,
  '10 levels': (seed) => mapped(normal(seed), (value) => Math.round(1.7 * value)),
};

/** With strong ties or skew. */
export const tiedNoises: Readonly<Record<string, Noise>> = {
  'three levels': (seed) => mapped(uniform(seed), (value) => Math.floor(3 * value)),
  'zeros, 1 in 10 not': (seed) => mostlyZero(seed, 0.1),
  'zeros, 1 in 20 not': (seed) => mostlyZero(seed, 0.05),
  'ones, half': (seed) => ones(seed, 0.5),
  'ones, 1 in 10': (seed) => ones(seed, 0.1),
  'ones, 1 in 50': (seed) => ones(seed, 0.02),
  'ones, 1 in 200': (seed) => ones(seed, 0.005),
  'Poisson, mean 0.3': (seed) => counts(seed, 0.3),
  'Poisson, mean 3': (seed) => counts(seed, 3),
};

/** What the names of noises stand for. */
export const noiseWords =
  'standard normal; Student’s t with 2 degrees of freedom; exponential; 10 levels: 1.7 standard normals, rounded; three levels: 0, 1 and 2 alike; zeros of which some are ' +
  'exponential instead; zeros and ones; Poisson';

/** 1 with this probability, else 0. */
export function ones(seed: number, probability: number): Draw {
  return mapped(uniform(seed), (value) => (value < probability ? 1 : 0));
}

/** Poisson with this mean. */
export function counts(seed: number, mean: number): Draw {
  return mapped(uniform(seed), (value) => quantileOfPoisson(mean, value));
}

/** Exponential with this probability, else 0. */
export function mostlyZero(seed: number, probability: number): Draw {
  return mapped(uniform(seed), (value) => (value < probability ? -Math.log(value / probability) : 0));
}

function mapped(draw: Draw, change: (value: number) => number): Draw {
  return () => change(draw());
}

/** The number of which the distribution function first reaches p. */
function quantileOfPoisson(mean: number, p: number): number {
  let count = 0;
  let probability = Math.exp(-mean);
  for (let sum = probability; sum < p && count < 99; sum += probability) {
    count++;
    probability *= mean / count;
  }
  return count;
}
