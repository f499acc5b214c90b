import { check } from './check.ts';
import {
  type DetectorOptions,
  type OptionName,
  optionRows,
  optionTable,
  type ResolvedOptions,
} from './options.ts';
import { checkOptionName } from './resolve-options.ts';

/** Options as text, as a command line, an environment or a form gives them. Each may be left out. */
export type OptionTexts = { readonly [Name in OptionName]?: string | undefined };

/**
 * The options in texts: those that are given, with their values. Whether a value keeps its rule is left for `resolveOptions`.
 *
 * @throws RangeError naming the option, the rule and the text, for a text that cannot be read or an option that does not exist
 * @example optionsFromText({ alpha: '1e-3', window: undefined }) // => { alpha: 0.001 }
 */
export function optionsFromText(texts: OptionTexts): DetectorOptions {
  const options: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(texts)) {
    checkOptionName(name);
    if (text === undefined) continue;
    check(typeof text === 'string', name, 'text', text);
    const { fromText, textRule } = optionTable[name];
    options[name] = fromText(text);
    check(options[name] !== undefined, name, textRule, text);
  }
  return options;
}

/**
 * The texts of options, from which `optionsFromText` reads the same values.
 *
 * @example optionsToText(resolveOptions()).maxRegimeLength // => 'Infinity'
 */
export function optionsToText(options: ResolvedOptions): Readonly<Record<OptionName, string>> {
  const texts = optionRows.map(([name, row]) => [name, row.toText(options[name])]);
  return Object.fromEntries(texts);
}
