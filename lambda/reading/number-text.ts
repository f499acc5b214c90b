/** How the numbers of a column are written. */
export interface NumberFormat {
  readonly decimal: '.' | ',';
  /** What groups the digits before the decimal mark in threes, if anything does. A space stands for spaces of any width. */
  readonly thousands?: Thousands;
}

export const thousandsMarks = [',', '.', ' ', "'"] as const;
export type Thousands = (typeof thousandsMarks)[number];

/** A number as in JSON; a plus sign and a leading point are also allowed. Not hexadecimal, not Infinity. */
const plain = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The minus sign of typesetting and the en dash, which some programs write for a hyphen. */
export const minusSigns = /[\u2212\u2013]/g;

const minusSign = new RegExp(minusSigns.source);

/** The number in a text written as in JSON; NaN if it is none, or not finite. */
export function plainNumber(text: string): number {
  // Most texts are plain numbers. `Number` accepts more, which the pattern rejects.
  const value = Number(text);
  if (Number.isNaN(value) && minusSign.test(text)) return plainNumber(text.replace(minusSigns, '-'));
  return Number.isFinite(value) && plain.test(text) ? value : Number.NaN;
}

const marks: Readonly<Record<Thousands, string>> = {
  ',': ',',
  '.': '\\.',
  ' ': '[ \u00a0\u2009\u202f]',
  "'": "['’]",
};

/** A reader of numbers in one format; it gives NaN for any other text, and for numbers that are not finite. */
export function numberReader({ decimal, thousands }: NumberFormat): (text: string) => number {
  if (decimal === '.' && thousands === undefined) return plainNumber;
  const grouped = thousands === undefined ? '' : `\\d{1,3}(?:${marks[thousands]}\\d{3})+|`;
  const whole = new RegExp(
    `^[+-]?(?:(?:${grouped}\\d+)${marks[decimal]}?\\d*|${marks[decimal]}\\d+)(?:e[+-]?\\d+)?$`,
    'i',
  );
  const groups = thousands === undefined ? undefined : new RegExp(marks[thousands], 'g');
  return (given) => {
    const text = given.replace(minusSigns, '-');
    if (!whole.test(text)) return Number.NaN;
    const digits = groups === undefined ? text : text.replace(groups, '');
    return plainNumber(digits.replace(decimal, '.'));
  };
}

/** How a text says that nothing was measured: by words, by the errors of spreadsheets, and by what C and SQL print. */
const missing =
  /^(|[-\u2013\u2014]+|\?|\.|n\/?a\.?|<na>|n\/?d\.?|nat|null|\(null\)|\\n|none|nil|undefined|missing|no data|unknown|unavailable|#(n\/a|nv|value!|ref!|div\/0!|num!|name\?|null!)|-?nan(\((s?ind|snan)\))?|-?1\.#(ind|s?nan|qnan)0*)$/i;

/** Whether a text says that there is no value, in the words that programs use. */
export function saysMissing(text: string): boolean {
  return missing.test(text);
}
