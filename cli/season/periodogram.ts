/**
 * The periodogram of a series: at index k its power at k cycles over the whole series, from 0 to n / 2.
 *
 * Tapered by a Hann window, so that a strong cycle, a trend or a step does not leak into other frequencies. Cost: n² multiplications, meant for a few
 * thousand points.
 */
export function periodogram(values: Float64Array): Float64Array {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const turns = Array.from({ length: n }, (_, index) => (2 * Math.PI * index) / n);
  const cosine = Float64Array.from(turns, Math.cos);
  const sine = Float64Array.from(turns, Math.sin);
  const tapered = values.map((value, index) => (value - mean) * (1 - (cosine[index] as number)));
  return Float64Array.from({ length: Math.floor(n / 2) + 1 }, (_, k) => {
    let [real, imaginary] = [0, 0];
    let turn = 0;
    for (let index = 0; index < n; index++) {
      const value = tapered[index] as number;
      real += value * (cosine[turn] as number);
      imaginary += value * (sine[turn] as number);
      turn += k;
      if (turn >= n) turn -= n;
    }
    return real * real + imaginary * imaginary;
  });
}
