const milliseconds: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};
const pattern = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/;

/** What a text must be to name a length of time. */
export const timeSpanRule = 'a time such as 30s, 5m, 24h, 7d or 1w';

/** Milliseconds of a time with its unit: `90s`, `1.5m`, `24h`, `7d`. `undefined` for any other text, such as a bare number, and for 0. */
export function timeSpan(text: string): number | undefined {
  const [, amount, unit = ''] = pattern.exec(text) ?? [];
  const span = Number(amount) * (milliseconds[unit] ?? 0);
  return span > 0 ? span : undefined;
}

/** A length of time as `timeSpan` reads it, in the largest unit of which it is a whole number: `24h`, `90s`. Below a millisecond it is rounded. */
export function spanText(span: number): string {
  const whole = Math.max(1, Math.round(span));
  const [unit, length] = Object.entries(milliseconds).findLast(([, each]) => whole % each === 0) ?? ['ms', 1];
  return `${whole / length}${unit}`;
}

/**
 * Nearly a length of time, to a hundredth, in the largest unit in which that is a whole number: `1d` for 23.9 hours.
 *
 * @param round - `Math.floor` for one that is not longer, `Math.ceil` for one that is not shorter
 */
export function nearSpanText(span: number, round: (amount: number) => number = Math.round): string {
  const near = (length: number) => round(span / length) * length;
  const length =
    Object.values(milliseconds).findLast((each) => Math.abs(near(each) - span) <= 0.01 * span) ?? 1;
  return spanText(near(length));
}

/** About how long a length of time is: two digits, in the largest unit of which it is one or more. `14h`, `2.9w`. */
export function aboutSpanText(span: number): string {
  const [unit, length] = Object.entries(milliseconds).findLast(([, each]) => span >= each) ?? ['ms', 1];
  return `${Number((span / length).toPrecision(2))}${unit}`;
}
