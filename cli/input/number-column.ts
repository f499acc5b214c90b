import { numberEvidence, numberFormatOf } from '../../lambda/reading/number-format.ts';
import {
  type NumberFormat,
  numberReader,
  plainNumber,
  type Thousands,
} from '../../lambda/reading/number-text.ts';
import { FailedError } from '../context.ts';
import { unitsOf, withoutUnit } from './unit-of-column.ts';

/** The marks of numbers, where they are given. */
export interface MarkChoice {
  readonly decimal?: '.' | ',';
  readonly thousands?: Thousands;
}

/** Reads the numbers of one column. */
export interface NumberColumn {
  /** NaN if the text is no number. @throws FailedError if the text can be read in two ways */
  read(text: string): number;
  /** How numbers are written, if not as in JSON. */
  readonly note: string | undefined;
}

/**
 * Finds out how the numbers of a column are written.
 *
 * A column that has only whole numbers at first reads the same in every format. Its first number with a mark then decides.
 *
 * A unit behind each number is left out; those of another one, and those without, are no numbers of the column.
 *
 * @param given - the first texts of the column
 * @param pointsMayGroup - whether the file has other signs of decimal commas
 * @throws FailedError showing two cells and both readings, if there are two, or two of its units
 */
export function numberColumn(
  name: string,
  given: readonly string[],
  choice: MarkChoice,
  pointsMayGroup: boolean,
): NumberColumn {
  const [unit, otherUnit] = unitsOf(given);
  if (unit !== undefined && otherUnit !== undefined)
    throw new FailedError(
      `the numbers of column '${name}' have several units, '${unit}' and '${otherUnit}'; write them in one`,
    );
  const texts = unit === undefined ? given : given.map((text) => withoutUnit(text, unit));
  let format = chosenFormat(choice, texts);
  if (format === undefined) {
    const found = numberFormatOf(texts, pointsMayGroup);
    if (found.kind === 'ambiguous') throw ambiguous(name, found.texts);
    if (found.kind === 'format') format = found.format;
    else if (found.thousands !== undefined) format = { decimal: '.', thousands: found.thousands };
  }
  let longestWhole = texts.reduce(longer, '0');
  let reader = format === undefined ? undecided : numberReader(format);
  return {
    read: (text) => reader(unit === undefined ? text : withoutUnit(text, unit)),
    get note() {
      const parts = [
        ...(format === undefined ? [] : marksOf(format)),
        ...(unit === undefined ? [] : [`the unit '${unit}'`]),
      ];
      return parts.length === 0 ? undefined : `${parts.join(' and ')} in '${name}'`;
    },
  };

  function undecided(text: string): number {
    if (wholeNumber.test(text)) {
      if (text.length > longestWhole.length || longestWhole === '0') longestWhole = text;
      return Number(text);
    }
    const found = numberFormatOf([text, longestWhole], pointsMayGroup);
    if (found.kind === 'ambiguous') throw ambiguous(name, found.texts);
    if (found.kind === 'whole') return plainNumber(text);
    format = found.format;
    reader = numberReader(format);
    return reader(text);
  }
}

const wholeNumber = /^[+-]?\d+$/;

/** The whole number with more digits. */
function longer(one: string, other: string): string {
  return (other.length > one.length || one === '0') && wholeNumber.test(other) ? other : one;
}

/** What the marks that are given mean together with the texts; `undefined` if none is given. */
function chosenFormat(
  { decimal, thousands }: MarkChoice,
  texts: readonly string[],
): NumberFormat | undefined {
  if (decimal === undefined && (thousands === undefined || thousands === ' ' || thousands === "'")) {
    if (thousands === undefined) return undefined;
    const commas = texts.filter((text) => /,\d*$/.test(text)).length;
    return { decimal: commas > texts.length / 2 ? ',' : '.', thousands };
  }
  const mark = decimal ?? (thousands === ',' ? '.' : ',');
  if (thousands !== undefined) return { decimal: mark, thousands };
  // With the decimal mark given, whatever groups the digits is unambiguous.
  const other = mark === '.' ? ',' : '.';
  const groups = ([other, ' ', "'"] as const).find((one) => {
    const read = numberReader({ decimal: mark, thousands: one });
    const plain = numberReader({ decimal: mark });
    return texts.some((text) => Number.isNaN(plain(text)) && !Number.isNaN(read(text)));
  });
  return { decimal: mark, ...(groups !== undefined && { thousands: groups }) };
}

function ambiguous(name: string, texts: readonly [string, string]): FailedError {
  const [first, second] = texts;
  const evidence = numberEvidence(first);
  const readings = texts.map((text) => `'${text}' as ${readingsOf(text).join(' or ')}`);
  const shown = first === second ? readings.slice(0, 1) : readings;
  const isMixed = evidence === 'point' || evidence === 'comma';
  const mark = first.includes(',') ? ',' : '.';
  const advice = isMixed
    ? '--decimal . or --decimal , says which mark is the decimal one'
    : `--decimal ${mark} or --thousands ${mark} says which`;
  return new FailedError(
    `the numbers of column '${name}' can be read in two ways: ${shown.join(', ')}; ${advice}`,
  );
}

/** What a text means with a decimal point, and with a decimal comma. */
function readingsOf(text: string): readonly string[] {
  const point = numberReader({ decimal: '.', thousands: ',' })(text);
  const comma = numberReader({ decimal: ',', thousands: '.' })(text);
  return [point, comma].map((value) => (Number.isNaN(value) ? 'no number' : String(value)));
}

const markNames: Readonly<Record<Thousands, string>> = {
  ',': 'commas',
  '.': 'points',
  ' ': 'spaces',
  "'": 'apostrophes',
};

function marksOf({ decimal, thousands }: NumberFormat): readonly string[] {
  return [
    ...(decimal === ',' ? ['decimal commas'] : []),
    ...(thousands === undefined ? [] : [`${markNames[thousands]} between thousands`]),
  ];
}
