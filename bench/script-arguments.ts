import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Reads one argument of a script, which is `undefined` if it is not given.
 *
 * @throws RangeError saying what the argument of this name must be
 */
export type Reader<Value> = (name: string, given: string | undefined) => Value;

type Readers<Values> = { readonly [Name in keyof Values]: Reader<Values[Name]> };

/**
 * The arguments of a script that a person starts, by name, in the order of their readers; without readers it takes none. To be
 * called before the script does anything.
 *
 * `--help` prints the script's first comment and ends the process. Wrong arguments end it with one line on standard error.
 *
 * @param script - the script's `import.meta.url`
 */
export function scriptArguments<Values extends object>(
  script: string,
  readers: Readers<Values> = {} as Readers<Values>,
): Values {
  const given = process.argv.slice(2);
  if (given.includes('--help') || given.includes('-h')) {
    process.stdout.write(`${firstComment(readFileSync(fileURLToPath(script), 'utf8'))}\n`);
    process.exit(0);
  }
  try {
    return readArguments(given, readers);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const path = script.slice(new URL('..', import.meta.url).href.length);
    process.stderr.write(`${path}: ${error.message} (see npx tsx ${path} --help)\n`);
    process.exit(1);
  }
}

/** The first comment of a source, without its marks. */
export function firstComment(source: string): string {
  const [, comment = ''] = /^\s*\/\*\*(.*?)\*\//s.exec(source) ?? [];
  const lines = comment.split('\n').map((line) => line.replace(/^ \* ?/, '').trimEnd());
  return lines.join('\n').trim();
}

/** @throws RangeError saying what is wrong, if the arguments are not those that the readers take */
export function readArguments<Values extends object>(
  given: readonly string[],
  readers: Readers<Values>,
): Values {
  // A number may be below 0, which its reader then says.
  const option = given.find((argument) => /^-[^\d.]/.test(argument));
  if (option !== undefined) throw new RangeError(`unknown option ${option}`);
  const names = Object.keys(readers);
  if (given.length > names.length) {
    const most = names.length === 0 ? 'no arguments' : `at most ${names.length} (${names.join(', ')})`;
    throw new RangeError(`takes ${most}, got ${given.length}: ${given.join(' ')}`);
  }
  const read = Object.entries<Reader<unknown>>(readers).map(([name, reader], index) => [
    name,
    reader(name, given[index]),
  ]);
  return Object.fromEntries(read);
}

/** A number above 0. */
export function positive<Default extends number | undefined>(otherwise?: Default) {
  return numberThat('a positive number', (value) => value > 0, otherwise);
}

/** A number from 0. */
export function notNegative<Default extends number | undefined>(otherwise?: Default) {
  return numberThat('a number from 0', (value) => value >= 0, otherwise);
}

/** A whole number from 1. */
export function whole<Default extends number | undefined>(otherwise?: Default) {
  return numberThat('a whole number from 1', (value) => value > 0 && Number.isSafeInteger(value), otherwise);
}

/** A positive multiple of a whole number. */
export function multipleOf<Default extends number | undefined>(factor: number, otherwise?: Default) {
  const isMultiple = (value: number) => value > 0 && Number.isSafeInteger(value) && value % factor === 0;
  return numberThat(`a positive multiple of ${factor}`, isMultiple, otherwise);
}

function numberThat<Default extends number | undefined>(
  what: string,
  isRight: (value: number) => boolean,
  otherwise?: Default,
): Reader<number | Default> {
  return (name, given) => {
    if (given === undefined) return otherwise as Default;
    const value = given.trim() === '' ? Number.NaN : Number(given);
    if (Number.isFinite(value) && isRight(value)) return value;
    throw new RangeError(`${name} must be ${what}, got '${given}'`);
  };
}

/** Any text, such as the name of a revision or of a folder. */
export function text<Default extends string | undefined>(otherwise?: Default): Reader<string | Default> {
  return (_, given) => given ?? (otherwise as Default);
}

/** A text without a default. */
export const required: Reader<string> = (name, given) => {
  if (given === undefined) throw new RangeError(`${name} is missing`);
  return given;
};

/** One of some words. */
export function oneOf<Default extends string | undefined>(
  words: readonly string[],
  otherwise?: Default,
): Reader<string | Default> {
  return (name, given) => {
    if (given === undefined) return otherwise as Default;
    if (words.includes(given)) return given;
    throw new RangeError(`${name} must be one of ${words.join(', ')}, got '${given}'`);
  };
}
