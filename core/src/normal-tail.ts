/**
 * P(|Z| ≥ z) of a standard normal Z: about 14 significant digits, also far out.
 *
 * Up to 2.5 by a power series, beyond by Laplace's continued fraction, which gives the small tail itself and not what
 * is left of 1. Source: Abramowitz & Stegun (1964), 26.2.11 and 26.2.14.
 *
 * @param z - at least 0
 */
export function normalTails(z: number): number {
  const twiceDensity = Math.sqrt(2 / Math.PI) * Math.exp((-z * z) / 2);
  if (z < 2.5) {
    let sum = 0;
    let term = z;
    for (let k = 3; sum + term !== sum; k += 2) {
      sum += term;
      term *= (z * z) / k;
    }
    return 1 - twiceDensity * sum;
  }
  let fraction = z;
  for (let k = 60; k > 0; k--) fraction = z + k / fraction;
  return twiceDensity / fraction;
}
