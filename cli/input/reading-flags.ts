import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Thousands, thousandsMarks } from '../../lambda/reading/number-text.ts';
import { delimiter, number } from '../arguments.ts';
import { UsageError } from '../context.ts';
import { encodingNamed } from './bytes/encodings.ts';
import { formats, type InputOptions } from './open-input.ts';
import type { ReadOptions } from './read-readings.ts';
import { timeForms } from './time-column.ts';
import { contradictionIn, patternParts, timePattern } from './time-pattern.ts';
import { timeZone } from './time-zone.ts';

/** The flags that say how a file is read, as commander has them. */
export interface ReadingFlags extends InputOptions {
  readonly column: readonly string[];
  readonly allColumns?: boolean;
  readonly seriesColumn?: string;
  readonly timeColumn?: string;
  readonly timeZone?: string;
  readonly timeFormat?: string;
  readonly decimal?: '.' | ',';
  readonly thousands?: Thousands;
  readonly missing: readonly number[];
  readonly delimiter?: string;
  readonly header?: boolean;
  readonly sort?: boolean;
  readonly skipBad?: boolean;
  readonly onBad: 'skip' | 'fail';
}

/** Adds the flags that say how a file is read. */
export function addReadingFlags(command: Command): Command {
  return command
    .optionsGroup('Reading:')
    .addOption(
      new Option(
        '--column <name or number>',
        "column of the values; may be repeated, and be a pattern such as 'temp*'",
      )
        .argParser((name: string, before: readonly string[]) => [...before, name])
        .default([], 'value, or the only one with numbers'),
    )
    .option('--all-columns', 'every column with numbers; each is a series of its own')
    .option(
      '--series-column <name or number>',
      'column that names the series (default: seriesId, if there is one)',
    )
    .option(
      '--time-column <name or number>',
      'column of the times (default: timestamp, or one that has dates)',
    )
    .option(
      '--time-zone <name>',
      'zone of times that name none, such as Europe/Paris or +01:00 (default: UTC)',
      zone,
    )
    .option(
      '--time-format <form>',
      "form of the times: dmy, mdy, s, ms, us, ns, or a pattern such as '%d/%m/%Y %H:%M' (default: found, if it is unambiguous)",
      timeForm,
    )
    .addOption(
      new Option('--decimal <mark>', 'decimal mark (default: found for each column)').choices(['.', ',']),
    )
    .addOption(
      new Option('--thousands <mark>', 'mark between thousands (default: found for each column)').choices(
        thousandsMarks,
      ),
    )
    .addOption(
      new Option(
        '--missing <number>',
        'number that says that there is no value, such as -9999; may be repeated',
      )
        .argParser((text: string, before: readonly number[]) => [...before, number(text)])
        .default([], 'none'),
    )
    .addOption(
      new Option(
        '--format <name>',
        'format of the file (default: known by its name and first character)',
      ).choices(formats),
    )
    .option(
      '--encoding <name>',
      'encoding of the text, such as iso-8859-2 or shift_jis (default: UTF-8, UTF-16 or Windows-1252, as found)',
      encoding,
    )
    .option('--delimiter <character>', 'separator of the cells; \\t is a tab (default: found)', delimiter)
    .option('--header', 'the file has a row with the names of the columns (default: found)')
    .option('--no-header', 'the first row is a reading')
    .option('--sort', 'sort all rows by time first, which takes memory for each')
    .addOption(
      new Option('--on-bad <what>', 'what to do with a row that has no number or no time')
        .choices(['skip', 'fail'])
        .default('skip'),
    )
    .option(
      '--skip-bad',
      'go on even if more than 10 % of the rows cannot be read, or more than 50 % have no value',
    )
    .optionsGroup('Options:');
}

/** @throws UsageError if two flags contradict each other */
export function readingOptions(flags: ReadingFlags): ReadOptions {
  if (flags.allColumns === true && flags.column.length > 0)
    throw new UsageError('--column and --all-columns both say which columns');
  if (flags.decimal !== undefined && flags.decimal === flags.thousands)
    throw new UsageError(`--decimal and --thousands must differ, got '${flags.decimal}' for both`);
  if (flags.onBad === 'fail' && flags.skipBad === true)
    throw new UsageError('--on-bad fail and --skip-bad contradict each other');
  return flags;
}

function encoding(text: string): string {
  const known = encodingNamed(text);
  if (known !== undefined) return known;
  throw new InvalidArgumentError(
    `It must be an encoding such as windows-1252, iso-8859-2, shift_jis or utf-16le, got '${text}'.`,
  );
}

function zone(text: string): string {
  try {
    return timeZone(text).name;
  } catch {
    throw new InvalidArgumentError(
      `It must be a time zone such as Europe/Paris, UTC or +01:00, got '${text}'.`,
    );
  }
}

function timeForm(text: string): string {
  if (timeForms.some((form) => form === text) || timePattern(text) !== undefined) return text;
  const contradiction = contradictionIn(text);
  if (contradiction !== undefined)
    throw new InvalidArgumentError(`It must not have ${contradiction}, got '${text}'.`);
  throw new InvalidArgumentError(
    `It must be ${timeForms.join(', ')}, or a pattern with a year and a month made of ${patternParts}, got '${text}'.`,
  );
}
