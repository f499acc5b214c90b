import { saysMissing } from '../../lambda/reading/number-text.ts';

/** A number and what stands behind it: with a space between them, or a sign that is no letter. `5a` is rather a name. */
const withUnit =
  /^[+-\u2212]?[\d.,'’ \u00a0\u2009\u202f]*[\d.](?:e[+-]?\d+)?(?:[ \u00a0\u2009\u202f](?=\S)|(?=[%‰°µμΩ]))([^\d\s.,;:/+-][^\d\s.,;:]{0,11})$/i;

/** Numbers with more words than these behind them are no measurements. */
const mostUnits = 3;

/** The unit behind a number. */
export function unitOf(text: string): string | undefined {
  return withUnit.exec(text)?.[1];
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
