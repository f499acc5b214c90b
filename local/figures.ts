/** How figures are shown to people; machines get them whole. */

/** Five significant digits. */
export function level(value: number): string {
  return String(Number(value.toPrecision(5)));
}

export function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${level(Math.abs(value))}`;
}

/** Without the milliseconds where they say nothing. */
export function time(iso: string): string {
  return iso.replace('.000Z', 'Z');
}
