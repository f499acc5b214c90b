/** By how much a correlation is lowered where the mean of so many dependent points is taken off: (1 + ρ) / (1 − ρ) / n. Source: Marriott & Pope (1954). */
export function biasOf(correlation: number, points: number): number {
  const rho = Math.min(0.995, Math.max(0, correlation));
  return Math.min(0.5, (1 + rho) / ((1 - rho) * points));
}

/** Corrects a correlation at lag 1 for the mean of so many points that was taken off, in so many steps. */
export function unbiased(correlation: number, points: number, steps: number): number {
  let corrected = correlation;
  for (let step = 0; step < steps; step++)
    corrected = correlation + biasOf(corrected, points) * (1 - correlation);
  return corrected;
}
