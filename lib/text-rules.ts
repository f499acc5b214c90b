/** What a piece of text must look like, as a pattern and in words. */
interface TextRule {
  readonly pattern: RegExp;
  readonly words: string;
}

/** DynamoDB, "Naming rules": table names. */
const tableName: TextRule = {
  pattern: /^[A-Za-z0-9_.-]{3,255}$/,
  words: 'must be 3 to 255 of the characters a-z A-Z 0-9 _ . -',
};

/** A key of a JSON object; AWS sets no rule, an environment variable that holds it does (no control characters). */
const fieldName: TextRule = {
  pattern: /^\P{C}{1,255}$/u,
  words: 'must be 1 to 255 printable characters',
};

/** The settings that are plain text, each with the rule of the service that will hold it. */
const rules = {
  /** CloudFormation, `CreateStack`: StackName. */
  stackName: {
    pattern: /^[A-Za-z][A-Za-z0-9-]{0,127}$/,
    words: 'must be a letter and up to 127 of the characters a-z A-Z 0-9 -',
  },
  /** Kinesis, `CreateStream`: StreamName. */
  streamName: {
    pattern: /^[A-Za-z0-9_.-]{1,128}$/,
    words: 'must be 1 to 128 of the characters a-z A-Z 0-9 _ . -',
  },
  eventsTableName: tableName,
  changePointsTableName: tableName,
  /** SNS, `CreateTopic`: Name, of a topic that is not FIFO. */
  topicName: {
    pattern: /^[A-Za-z0-9_-]{1,256}$/,
    words: 'must be 1 to 256 of the characters a-z A-Z 0-9 _ -',
  },
  /** No more than a guard against slips: SNS asks the address itself to confirm. */
  email: {
    pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
    words: 'must be an e-mail address',
  },
  seriesIdField: fieldName,
  timestampField: fieldName,
  valueField: fieldName,
} as const satisfies Readonly<Record<string, TextRule>>;

export type TextSetting = keyof typeof rules;

/** All of them, in the order the data flows. */
export const textSettings = Object.keys(rules) as readonly TextSetting[];

/**
 * The text, if it follows the rule of its setting.
 *
 * @throws RangeError naming the setting, its rule and the text
 */
export function checkedText(name: TextSetting, text: string): string {
  const { pattern, words } = rules[name];
  if (!pattern.test(text)) throw new RangeError(`${name} ${words}, got '${text}'`);
  return text;
}
