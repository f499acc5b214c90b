import { type DetectorOptions, type OptionName, optionsFromText, optionTable } from '@aed/core';
import { type Command, Option } from 'commander';
import { seasonInNumbers } from '../../lambda/season-texts.ts';
import { UsageError } from '../context.ts';
import type { DetectorTexts } from '../detector-options.ts';
import { flagOf } from '../flag-name.ts';

const rows = Object.entries(optionTable) as readonly (readonly [OptionName, { readonly letter?: string }])[];

/** The options among the flags of a command. @throws UsageError if there is none; RangeError for a text that is no value of its option */
export function givenOptions(texts: DetectorTexts): DetectorOptions {
  const given = rows.flatMap(([name]) => (texts[name] === undefined ? [] : [[name, texts[name]]]));
  if (given.length === 0)
    throw new UsageError('an option must be given, such as --practical-threshold 2; --help lists them');
  return optionsFromText(seasonInNumbers(Object.fromEntries(given)));
}

/** Adds a switch for each option, to name it. */
export function addOptionNames(command: Command): Command {
  command.optionsGroup('Options of the rule to unset (default: all):');
  for (const [name, { letter }] of rows) {
    command.addOption(new Option(`${letter === undefined ? '' : `-${letter}, `}${flagOf(name)}`));
  }
  return command;
}

/** The options that are named; `undefined` if none is. */
export function namedOptions(
  given: Readonly<Partial<Record<OptionName, unknown>>>,
): readonly OptionName[] | undefined {
  const names = rows.map(([name]) => name).filter((name) => given[name] !== undefined);
  return names.length === 0 ? undefined : names;
}
