/**
 * How figures are shown to people. Machines get all digits.
 *
 * There are two styles: `plain` for mail, terminals and reports, and `typeset` for the live page and for axes. Both have the
 * real minus sign, −, and no sign at 0. Nothing here needs Node.
 */
export interface Figures {
  /** A value of the data, by default with five significant digits. */
  level(value: number, digits?: number): string;
  /** `before → after`, with as many digits as `digitsOfLevels` says. */
  levels(before: number, after: number): string;
  /** A difference of levels, with its sign. */
  signed(value: number): string;
  /** `from … to`, two differences of levels. */
  range(from: number, to: number): string;
  count(number: number): string;
  /** How many of something, in a word that fits the number. */
  counted(number: number, one: string, many?: string): string;
  pValue(value: number, alpha: number): string;
}

const usualDigits = 5;
/** So many significant digits tell any two doubles apart. */
const mostDigits = 17;

export const plain: Figures = plainWith(usualDigits);

/** The plain style with another usual number of significant digits. */
export function plainWith(usual: number): Figures {
  const level = (value: number, digits = usual) => withMinus(String(rounded(value, digits) + 0));
  const signed = (value: number) => `${value > 0 ? '+' : ''}${level(value)}`;
  return {
    level,
    levels: (before, after) => arrow(level, before, after, usual),
    signed,
    range: (from, to) => `${signed(from)} … ${signed(to)}`,
    count: String,
    counted: (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`,
    pValue: (value, alpha) => withMinus(value.toPrecision(digitsOfPValue(value, alpha))),
  };
}

/** Groups thousands, and gives very large and very small values an exponent. */
export const typeset: Figures = {
  level(value, digits = usualDigits) {
    const size = Math.abs(value);
    if (size !== 0 && (size >= 1e12 || size < 1e-6)) return plain.level(value, digits);
    return grouped(value, digits);
  },
  levels: (before, after) => arrow(typeset.level, before, after, usualDigits),
  signed: (value) => `${value > 0 ? '+' : ''}${typeset.level(value)}`,
  range: (from, to) => `${typeset.signed(from)} … ${typeset.signed(to)}`,
  count: (number) => grouped(Math.round(number), mostDigits),
  counted: (number, one, many = `${one}s`) =>
    `${number === 0 ? 'no' : typeset.count(number)} ${number === 1 ? one : many}`,
  pValue(value, alpha) {
    if (value >= 0.001) return plain.pValue(value, alpha);
    return withMinus(value.toExponential(digitsOfPValue(value, alpha) - 1));
  },
};

/** Making a format is slow, so there is one for all. */
const format = new Intl.NumberFormat('en', { maximumSignificantDigits: mostDigits });

/**
 * The number is rounded before it is formatted: the format would round a half another way than `digitsOfLevels` expects, and
 * with 16 digits it rounds some numbers wrongly. Adding 0 makes 0 of −0.
 */
function grouped(value: number, digits: number): string {
  return withMinus(format.format(rounded(value, digits) + 0));
}

/** The real minus sign, also in an exponent. */
function withMinus(number: string): string {
  return number.replaceAll('-', '−');
}

function arrow(level: Figures['level'], before: number, after: number, least: number): string {
  const digits = digitsOfLevels(before, after, least);
  return `${level(before, digits)} → ${level(after, digits)}`;
}

/**
 * The number of significant digits for a pair of levels.
 *
 * It is the least number for which the difference of the rounded levels is off by at most half of the true difference. So
 * levels that differ look different.
 */
export function digitsOfLevels(before: number, after: number, least = usualDigits): number {
  const difference = after - before;
  for (let digits = least; digits < mostDigits; digits++) {
    const [from, to] = [rounded(before, digits), rounded(after, digits)];
    const isWrong = Math.abs(to - from - difference) > Math.abs(difference) / 2;
    if (!isWrong) return digits;
  }
  return mostDigits;
}

/** Rounding would turn the largest doubles into infinity, so these are not rounded. */
function rounded(value: number, digits: number): number {
  const short = Number(value.toPrecision(digits));
  return Number.isFinite(short) ? short : value;
}

/** Two digits, or as many as it takes for a p-value below alpha to look below alpha. */
function digitsOfPValue(value: number, alpha: number): number {
  let digits = 2;
  while (value < alpha && Number(value.toPrecision(digits)) >= alpha) digits++;
  return digits;
}
