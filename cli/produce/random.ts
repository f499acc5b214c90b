/** Draws the next number of a distribution. */
export type Draw = () => number;

/**
 * Uniform on (0, 1), the same from the same seed.
 *
 * Source: Doty-Humphrey (2010), PractRand, sfc32: 128 bits of state of which 32 count, so that no sequence is short.
 */
export function uniform(seed: number): Draw {
  let [a, b, c, counter] = [seed | 0, 0x9e3779b9 | 0, 0x243f6a88, 1];
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return ((sum >>> 0) + 0.5) / 2 ** 32;
  };
  for (let warmUp = 0; warmUp < 20; warmUp++) next();
  return next;
}

/** Standard normal. Source: Box & Muller (1958), one number of each pair. */
export function normal(seed: number): Draw {
  const draw = uniform(seed);
  return () => Math.sqrt(-2 * Math.log(draw())) * Math.cos(2 * Math.PI * draw());
}

/** Student's t with two degrees of freedom: no variance. By inversion. */
export function heavyTailed(seed: number): Draw {
  const draw = uniform(seed);
  return () => {
    const p = draw();
    return (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
  };
}

/** Exponential with mean and standard deviation 1. By inversion. */
export function exponential(seed: number): Draw {
  const draw = uniform(seed);
  return () => -Math.log(draw());
}
