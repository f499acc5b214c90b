import { type Draw, exponential, heavyTailed, normal } from '../../cli/produce/random.ts';

/** Noise by its name; of standard deviation 1, unless a distribution has none. */
export type Noise = (seed: number) => Draw;

/** x_t = ρ·x_{t−1} + √(1 − ρ²)·noise. */
export function autoregression(correlation: number, noise: Noise = normal): Noise {
  return (seed) => {
    const draw = noise(seed);
    const scale = Math.sqrt(1 - correlation ** 2);
    let value = draw();
    return () => {
      value = correlation * value + scale * draw();
      return value;
    };
  };
}

function movingAverage(weight: number): Noise {
  return (seed) => {
    const draw = normal(seed);
    let before = draw();
    return () => {
      const next = draw();
      const value = (next + weight * before) / Math.sqrt(1 + weight ** 2);
      before = next;
      return value;
    };
  };
}

/** An autoregression that is measured with an error of its own, each of half of the variance. */
function measured(correlation: number): Noise {
  return (seed) => {
    const level = autoregression(correlation)(seed);
    const error = normal(seed + 500_000);
    return () => Math.SQRT1_2 * (level() + error());
  };
}

function randomWalk(seed: number): Draw {
  const draw = normal(seed);
  let value = 0;
  return () => {
    value += draw();
    return value;
  };
}

/** Noises whose points are independent of each other, and such whose points are not. */
export const noises: Readonly<Record<string, Noise>> = {
  'independent, normal': normal,
  'independent, t₂': heavyTailed,
  'independent, exponential': exponential,
  'AR(1), ρ 0.3': autoregression(0.3),
  'AR(1), ρ 0.5': autoregression(0.5),
  'AR(1), ρ 0.7': autoregression(0.7),
  'AR(1), ρ 0.9': autoregression(0.9),
  'AR(1), ρ 0.97': autoregression(0.97),
  'AR(1), ρ 0.5, t₂ noise': autoregression(0.5, heavyTailed),
  'AR(1), ρ 0.9, t₂ noise': autoregression(0.9, heavyTailed),
  'MA(1), θ 0.8': movingAverage(0.8),
  'random walk': randomWalk,
  'AR(1), ρ 0.9, and as much white noise': measured(0.9),
  'AR(1), ρ 0.95, and as much white noise': measured(0.95),
};
