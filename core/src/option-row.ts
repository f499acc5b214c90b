/** Options by name, of the rows above the one that asks. */
export type OptionsAbove = Readonly<Record<string, unknown>>;

/** Everything that is known of one option. Its name is its key in the table. */
export interface OptionRow<Value> {
  /** How a form or a command line can ask for it. */
  readonly kind: 'number' | 'integer' | 'choice';
  /** The value of an option that is not given, while the options above have their defaults. */
  readonly default: Value;
  /** Of a number with a unit. */
  readonly unit: 'points' | 'seconds' | 'unit of the data' | undefined;
  /** What a value must be, in words: 'an integer of at least 2'. */
  readonly rule: string;
  /** What the option does: one line, without a capital letter or a full stop. */
  readonly meaning: string;
  /** What a larger value, or the other choice, buys and costs: one line, in the same style. */
  readonly trades: string;
  /** The letter of its short flag. */
  readonly letter: string | undefined;
  /** The values of a choice. */
  readonly choices: readonly Value[] | undefined;
  /** The least and the most of a number of points, if both are fixed; 0 may stand for none. */
  readonly bounds: { readonly least: number; readonly most: number } | undefined;
  /** What a saved state says by leaving the option out: a value that JSON cannot say, or that of the states before there was the option. */
  readonly absentInJson: Value | undefined;
  /** What a text must be to be read: 'a number'. */
  readonly textRule: string;
  /** The value of an option that is not given, under the options above. */
  defaultFor(above: OptionsAbove): Value;
  /** The rule with the numbers that follow from the options above: 'an integer of at least 2 · startup (10), or Infinity'. */
  ruleFor(above: OptionsAbove): string;
  /** Whether a value keeps the rule. */
  holds(value: unknown, above: OptionsAbove): boolean;
  /** The value in a text, not yet checked by the rule; `undefined` for a text that cannot be read. */
  fromText(text: string): Value | undefined;
  /** The text from which `fromText` reads the same value. */
  toText(value: Value): string;
}

/** What a row says of its option whatever its kind. */
type Described<Value> = Pick<OptionRow<Value>, 'default' | 'meaning' | 'trades'> &
  Partial<Pick<OptionRow<Value>, 'unit' | 'letter' | 'bounds' | 'defaultFor' | 'absentInJson'>>;

/** The least or the most value of an option, where another option sets it. */
interface BoundByAnother {
  /** In words: '2 · startup'. */
  readonly words: string;
  of(above: OptionsAbove): number;
}

/** A finite number. */
export function numberOption(
  row: Described<number> &
    Partial<Pick<OptionRow<number>, 'ruleFor'>> & {
      readonly rule: string;
      holds(value: number, above: OptionsAbove): boolean;
    },
): OptionRow<number> {
  return {
    ...common,
    defaultFor: () => row.default,
    ruleFor: () => row.rule,
    ...row,
    kind: 'number',
    ...numberTexts,
    holds: (value, above) => typeof value === 'number' && Number.isFinite(value) && row.holds(value, above),
  };
}

/** An integer that a double holds exactly; also Infinity, where that is the word for none. */
export function integerOption({
  least,
  most,
  orInfinity = false,
  ...row
}: Described<number> & {
  readonly least: number | BoundByAnother;
  readonly most?: BoundByAnother;
  readonly orInfinity?: boolean;
}): OptionRow<number> {
  const leastFor = (above: OptionsAbove) => (typeof least === 'number' ? least : least.of(above));
  const mostFor = (above: OptionsAbove) => most?.of(above) ?? Infinity;
  const rule = (low: string, high: string) =>
    `an integer of at least ${low}${most === undefined ? '' : ` and at most ${high}`}${orInfinity ? ', or Infinity' : ''}`;
  const words = typeof least === 'number' ? `${least}` : least.words;
  const mostWords = most?.words ?? '';
  return {
    ...common,
    defaultFor: () => row.default,
    ...row,
    kind: 'integer',
    ...numberTexts,
    absentInJson: orInfinity ? Infinity : row.absentInJson,
    rule: rule(words, mostWords),
    ruleFor: (above) =>
      rule(
        typeof least === 'number' ? words : `${words} (${leastFor(above)})`,
        `${mostWords} (${mostFor(above)})`,
      ),
    holds: (value, above) =>
      (orInfinity && value === Infinity) ||
      (typeof value === 'number' &&
        Number.isSafeInteger(value) &&
        value >= leastFor(above) &&
        value <= mostFor(above)),
    fromText: (text) => (orInfinity && text === 'Infinity' ? Infinity : numberTexts.fromText(text)),
  };
}

/** One of some words. */
export function choiceOption<Word extends string>(
  row: Described<Word> & { readonly choices: readonly Word[] },
): OptionRow<Word> {
  const rule = `'${row.choices.join("' or '")}'`;
  const find = (value: unknown) => row.choices.find((word) => word === value);
  return {
    ...common,
    defaultFor: () => row.default,
    ...row,
    kind: 'choice',
    rule,
    textRule: rule,
    ruleFor: () => rule,
    holds: (value) => find(value) !== undefined,
    fromText: find,
    toText: (word) => word,
  };
}

const common = {
  unit: undefined,
  letter: undefined,
  choices: undefined,
  bounds: undefined,
  absentInJson: undefined,
};

const numberTexts = {
  textRule: 'a number',
  fromText(text: string): number | undefined {
    const value = Number(text);
    return text.trim() !== '' && Number.isFinite(value) ? value : undefined;
  },
  toText: String,
};
