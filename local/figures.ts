/** How figures are shown to people; machines get them whole. */

/** Five significant digits. */
export function level(value: number): string {
  return String(Number(value.toPrecision(5)));
}

export function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${level(Math.abs(value))}`;
}

/** How many of something, in a word that fits the number. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** Without the milliseconds where they say nothing. */
export function time(iso: string): string {
  return iso.replace('.000Z', 'Z');
}
