import { zonedTime } from './reading/zoned-time.ts';

/** The definition of one setting of the service. Its name is its key in a table. */
export interface SettingRow<Value> {
  readonly kind: 'integer' | 'text' | 'choice' | 'switch';
  /** The value if the setting is not given. */
  readonly default: Value;
  /** The default in documents: '365', 'made by CloudFormation'. */
  readonly defaultWords: string;
  readonly unit: 'hours' | 'days' | 'seconds' | undefined;
  /** The rule for a value, in words: 'an integer from 1 to 10'. */
  readonly rule: string;
  /** What the setting does. Starts without a capital letter and ends without a full stop. */
  readonly meaning: string;
  /** The allowed words, if the value may be one of some words. */
  readonly words: readonly string[];
  /** Settings of the same table that must not have the same value. */
  readonly differsFrom: readonly string[];
  /** Reads a value from text. @throws RangeError naming the setting, its rule and the text */
  fromText(name: string, text: string): Value;
  /** Writes a value as text, from which `fromText` reads the same value. */
  toText(value: Value): string;
}

/** Rows by the names of their settings. */
export type SettingsTable = Readonly<Record<string, SettingRow<unknown>>>;

/** The values of all settings of a table. */
export type ValuesOf<Table> = {
  readonly [Name in keyof Table]: Table[Name] extends SettingRow<infer Value> ? Value : never;
};

interface IntegerBounds {
  readonly default: number;
  readonly least: number;
  readonly most: number;
  readonly unit?: SettingRow<unknown>['unit'];
  readonly meaning: string;
}

/** A setting that is an integer between two bounds. */
export function integerSetting({ least, most, unit, ...row }: IntegerBounds): SettingRow<number> {
  const rule = `an integer from ${least} to ${most}`;
  return {
    ...common,
    ...row,
    kind: 'integer',
    defaultWords: String(row.default),
    unit,
    rule,
    fromText(name, text) {
      const value = Number(text);
      if (text.trim() === '' || !Number.isFinite(value)) throw wrong(name, 'a number', text);
      if (!Number.isInteger(value) || value < least || value > most) throw wrong(name, rule, text);
      return value;
    },
    toText: String,
  };
}

/** A setting that is an integer between two bounds, or one certain word. */
export function integerOrWordSetting<const Word extends string>({
  word,
  default: preset,
  ...row
}: Omit<IntegerBounds, 'default'> & { readonly word: Word; readonly default: number | Word }): SettingRow<
  number | Word
> {
  const integer = integerSetting({ ...row, default: row.least });
  return {
    ...integer,
    default: preset,
    defaultWords: String(preset),
    rule: `${integer.rule}, or '${word}'`,
    words: [word],
    fromText: (name, text) => (text === word ? word : integer.fromText(name, text)),
    toText: String,
  };
}

interface TextRule {
  /** The pattern of the text. */
  readonly pattern: RegExp;
  /** The same in words. */
  readonly rule: string;
  readonly meaning: string;
  readonly differsFrom?: readonly string[];
}

/** A setting that is a text, with a default. */
export function textSetting({
  pattern,
  ...row
}: TextRule & { readonly default: string }): SettingRow<string> {
  return {
    ...common,
    ...row,
    kind: 'text',
    defaultWords: row.default,
    fromText(name, text) {
      if (!pattern.test(text)) throw wrong(name, row.rule, text);
      return text;
    },
    toText: (text) => text,
  };
}

/** A setting that is a text or absent. @param without - in words, what happens without it */
export function optionalTextSetting({
  without,
  ...row
}: TextRule & { readonly without: string }): SettingRow<string | undefined> {
  const text = textSetting({ ...row, default: '' });
  return { ...text, default: undefined, defaultWords: without, toText: (value) => value ?? '' };
}

/**
 * A setting that is a time in the past, or absent. The value is the text that `toISOString` writes.
 *
 * @param row.without - in words, what happens without it
 */
export function optionalTimeSetting(row: {
  readonly meaning: string;
  readonly without: string;
}): SettingRow<string | undefined> {
  const rule = 'a time of ISO 8601 with a zone, and not in the future';
  return {
    ...optionalTextSetting({ ...row, rule, pattern: /^/ }),
    fromText(name, text) {
      const time = zonedTime(text);
      if (time === undefined || time.ms > Date.now()) throw wrong(name, rule, text);
      return new Date(time.ms).toISOString();
    },
  };
}

/** A setting that is one of some words. The first one is the default. */
export function choiceSetting<const Word extends string>({
  words,
  meaning,
}: {
  readonly words: readonly [Word, ...Word[]];
  readonly meaning: string;
}): SettingRow<Word> {
  const rule = `'${words.join("' or '")}'`;
  return {
    ...common,
    kind: 'choice',
    default: words[0],
    defaultWords: words[0],
    rule,
    meaning,
    words,
    fromText(name, text) {
      const chosen = words.find((word) => word === text);
      if (chosen === undefined) throw wrong(name, rule, text);
      return chosen;
    },
    toText: (word) => word,
  };
}

/** A setting that is `on` or `off`. The default is `off`, unless given. */
export function switchSetting(meaning: string, preset = false): SettingRow<boolean> {
  const choice = choiceSetting({ words: preset ? ['on', 'off'] : ['off', 'on'], meaning });
  return {
    ...choice,
    kind: 'switch',
    default: preset,
    fromText: (name, text) => choice.fromText(name, text) === 'on',
    toText: (isOn) => (isOn ? 'on' : 'off'),
  };
}

/**
 * Two tables, or two fields, cannot have one name.
 *
 * @param nameOf - what a setting is called where its value comes from
 * @throws RangeError naming the setting, the other ones and the value
 */
export function refuseSameValues(
  table: SettingsTable,
  values: Readonly<Record<string, unknown>>,
  nameOf = (name: string) => name,
): void {
  for (const [name, { differsFrom }] of Object.entries(table)) {
    const value = values[name];
    if (value === undefined || differsFrom.every((other) => values[other] !== value)) continue;
    const others = differsFrom.map(nameOf).join(' and ');
    throw new RangeError(`${nameOf(name)} must differ from ${others}, got '${value}'`);
  }
}

const common = { unit: undefined, words: [], differsFrom: [] };

function wrong(name: string, rule: string, text: string): RangeError {
  return new RangeError(`${name} must be ${rule}, got '${text}'`);
}
