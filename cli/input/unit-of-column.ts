import { saysMissing } from '../../lambda/reading/number-text.ts';

/** A number and what stands behind it: with a space between them, or a sign that is no letter. `5a` is rather a name. */
const withUnit =
  /^[+-\u2212]?[\d.,'’ \u00a0\u2009\u202f]*[\d.](?:e[+-]?\d+)?(?:[ \u00a0\u2009\u202f](?=\S)|(?=[%‰°µμΩ]))(\S.*)$/i;

/** One word, or a sign before a word of letters: `% rF`, `° C`. */
const word = /^(?:[%‰°][ \u00a0\u202f](?=[^\d\s]+$))?[^\p{N}\s.,;:/+-][^\s.,;:]{0,11}$/u;

/** Digits that units have: of powers, as in `m3`, `m^2` and `s-1`, of formulas, as in `CO2` and `PM10`, and of round amounts, as in `l/100km`. */
const digitsOfUnits =
  /(?<=\p{L}\^?)[2-4](?!\p{Nd})|(?<=\p{L}\^?-)[1-4](?!\p{Nd})|(?<=\p{Lu})1?\d(?!\p{Nd})|(?<=\/)10+(?=\p{L})/gu;

/** An exponent or a factor. */
const factor = /^[edqx]\^?-?\p{Nd}/iu;

/** The name of a thing, such as `B2` and `dev2`, but for an area or a volume. */
const nameWithNumber = /^(?!(?:[NSpnµμmcdhk]?m|ft|in|yd)\^?\d$)(?:\p{L}|\p{L}*\p{Ll})\^?\p{Nd}+$/u;

/** Whether a text may be a unit. It may have digits, but none that are a number of their own. */
export function isUnit(text: string): boolean {
  if (!word.test(text) || factor.test(text) || nameWithNumber.test(text)) return false;
  return !/\p{Nd}/u.test(text.replace(digitsOfUnits, ''));
}

/** Numbers with more words than these behind them are no measurements. */
const mostUnits = 3;

/** The unit behind a number. */
export function unitOf(text: string): string | undefined {
  const unit = withUnit.exec(text)?.[1];
  return unit !== undefined && isUnit(unit) ? unit : undefined;
}

/** The units behind the numbers of a column, if each text but one in ten is a number with one. */
export function unitsOf(texts: readonly string[]): readonly string[] {
  const there = texts.filter((text) => !saysMissing(text));
  const units = there.flatMap((text) => unitOf(text) ?? []);
  const different = [...new Set(units)];
  return units.length > 0.9 * there.length && different.length <= mostUnits ? different : [];
}

/** A text without its unit; empty, which is no number, if it has another one. */
export function withoutUnit(text: string, unit: string): string {
  return text.endsWith(unit) ? text.slice(0, -unit.length).trimEnd() : '';
}
