/** The mean of values, and its standard error. */
export function meanAndError(values: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
}

/** Three digits. */
export function digits(value: number): number {
  return Number(value.toPrecision(3));
}

/** A value as it is, and its standard error with one digit. */
export function withError(value: number, error: number): string {
  return `${value} ± ${Number(error.toPrecision(1))}`;
}
