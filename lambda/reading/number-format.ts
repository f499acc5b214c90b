import { minusSigns, type NumberFormat, numberReader, type Thousands } from './number-text.ts';

/** What one text says about the marks of its column. */
export type NumberEvidence =
  /** Digits alone, which read the same in every format. */
  | 'whole'
  /** `20.3`, `1,183.5`: the point is the decimal mark. */
  | 'point'
  /** `20,3`, `1.183,5`. */
  | 'comma'
  /** `1.183`: a decimal point, or thousands. */
  | 'point-or-thousands'
  /** `1,183`. */
  | 'comma-or-thousands'
  | 'no-number';

const signAndExponent = /^[+-]|e[+-]?\d+$/gi;
const hasExponent = /e/i;
const spaces = /[ \u00a0\u2009\u202f]/g;
const apostrophes = /['’]/g;
/** Digits in groups of three, each with one of these separators. */
const grouped = { ',': /^\d{1,3}(,\d{3})+$/, '.': /^\d{1,3}(\.\d{3})+$/ } as const;
const groupedLoosely = /^\d{1,3}(?:[ \u00a0\u2009\u202f'’]\d{3})+(?=$|[.,])/;

/** An address of the Internet Protocol, of which each part may look like a group of thousands. */
const address = /^((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)$/;

/** Reads what a text says about the marks of its column. */
export function numberEvidence(text: string): NumberEvidence {
  let body = text.replace(minusSigns, '-').replace(signAndExponent, '');
  const isGrouped = groupedLoosely.test(body);
  if (isGrouped) body = body.replace(spaces, '').replace(apostrophes, '');
  if (/^\d+$/.test(body)) return 'whole';
  if (address.test(body)) return 'no-number';
  if (!/^[\d.,]+$/.test(body) || !/\d/.test(body) || body.endsWith(',')) return 'no-number';
  const [points, commas] = [count(body, '.'), count(body, ',')];
  if (points > 0 && commas > 0) {
    const decimal = body.lastIndexOf('.') > body.lastIndexOf(',') ? '.' : ',';
    const thousands = decimal === '.' ? ',' : '.';
    if (Number.isNaN(numberReader({ decimal, thousands })(body))) return 'no-number';
    return decimal === '.' ? 'point' : 'comma';
  }
  const mark = points > 0 ? '.' : ',';
  if (points + commas > 1) {
    if (!grouped[mark].test(body)) return 'no-number';
    // A mark that comes twice groups, so the other one is the decimal mark.
    return mark === '.' ? 'comma' : 'point';
  }
  // No group begins with 0, digits that are grouped already have their other mark for the decimals, and `1.994e+01` has no thousands.
  const maybeThousands =
    grouped[mark].test(body) && !body.startsWith('0') && !isGrouped && !hasExponent.test(text);
  if (maybeThousands) return mark === '.' ? 'point-or-thousands' : 'comma-or-thousands';
  return mark === '.' ? 'point' : 'comma';
}

function count(text: string, mark: string): number {
  return text.split(mark).length - 1;
}

/** The separator of groups that is neither point nor comma, if a text has one. */
export function looseThousands(text: string): Thousands | undefined {
  const body = text.replace(minusSigns, '-').replace(signAndExponent, '');
  if (!groupedLoosely.test(body)) return undefined;
  return /['’]/.test(body) ? "'" : ' ';
}

/** What is known of a column's numbers. */
export type FoundFormat =
  | { readonly kind: 'format'; readonly format: NumberFormat }
  /** Every number so far is whole. */
  | { readonly kind: 'whole'; readonly thousands?: Thousands }
  /** Two texts, or one twice, that cannot be read in one way. */
  | { readonly kind: 'ambiguous'; readonly texts: readonly [string, string] };

/** So large a share of the texts may contradict the others; they are then no numbers. */
const mostContradicting = 0.1;

/**
 * Finds the format of a column's numbers.
 *
 * @param texts - some of its texts; those that are no numbers are passed over
 * @param pointsMayGroup - whether the file gives reason to take `1.183` for thousands; else it is read as in JSON
 */
export function numberFormatOf(texts: Iterable<string>, pointsMayGroup: boolean): FoundFormat {
  const seen = new Map<NumberEvidence, string[]>();
  let loose: Thousands | undefined;
  for (const text of texts) {
    const evidence = numberEvidence(text);
    const alike = seen.get(evidence);
    if (alike === undefined) seen.set(evidence, [text]);
    else alike.push(text);
    loose ??= looseThousands(text);
  }
  const of = (evidence: NumberEvidence): readonly string[] => seen.get(evidence) ?? [];
  const [points, commas] = [of('point'), of('comma')];
  const [maybePoints, maybeCommas] = [of('point-or-thousands'), of('comma-or-thousands')];
  const wholes = of('whole');
  const decimals = points.length + commas.length;
  if (Math.min(points.length, commas.length) > mostContradicting * decimals)
    return { kind: 'ambiguous', texts: [points[0] ?? '', commas[0] ?? ''] };
  if (decimals > 0) {
    const decimal = points.length > commas.length ? '.' : ',';
    const other = decimal === '.' ? ',' : '.';
    const isGrouped = (decimal === '.' ? points : commas).some((text) => text.includes(other));
    const maybeGrouped = decimal === '.' ? maybeCommas : maybePoints;
    // Where all other numbers have decimals, `22.140` beside `22,14` has them, too, rather than thousands.
    if (maybeGrouped.length > 0 && !isGrouped && wholes.length === 0)
      return { kind: 'ambiguous', texts: twoOf(maybeGrouped) };
    const thousands = isGrouped || maybeGrouped.length > 0 ? other : loose;
    return { kind: 'format', format: { decimal, ...(thousands !== undefined && { thousands }) } };
  }
  if (maybeCommas.length > 0) return { kind: 'ambiguous', texts: twoOf([...maybeCommas, ...maybePoints]) };
  if (maybePoints.length === 0) return { kind: 'whole', ...(loose !== undefined && { thousands: loose }) };
  if (pointsMayGroup || endBelowThousand(wholes)) return { kind: 'ambiguous', texts: twoOf(maybePoints) };
  return { kind: 'format', format: { decimal: '.', ...(loose !== undefined && { thousands: loose }) } };
}

/** Whether whole numbers, other than 0, have at most three digits, as those beside `1.080` if that is 1080. */
function endBelowThousand(wholes: readonly string[]): boolean {
  return wholes.some((text) => Number(text) !== 0) && wholes.every((text) => /^[+-]?\d{1,3}$/.test(text));
}

/** The first, and the first that differs from it. */
function twoOf(texts: readonly string[]): readonly [string, string] {
  const first = texts[0] ?? '';
  return [first, texts.find((text) => text !== first) ?? first];
}
