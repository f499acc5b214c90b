import { fieldSettings, formatSettings } from '../lambda/field-settings.ts';
import {
  integerOrWordSetting,
  integerSetting,
  optionalTextSetting,
  optionalTimeSetting,
  type SettingRow,
  switchSetting,
  textSetting,
  type ValuesOf,
} from '../lambda/setting-row.ts';
import { eventSettings } from '../lambda/settings.ts';
import { busSettings } from './bus/bus-settings.ts';
import { deploymentLimits } from './deployment-limits.ts';
import { peopleSettings } from './people-settings.ts';
import { tableSettings } from './table-settings.ts';

const madeByCloudFormation = 'made by CloudFormation';

/** DynamoDB, "Naming rules": table names. */
const tableName = {
  pattern: /^[A-Za-z0-9_.-]{3,255}$/,
  rule: '3 to 255 of the characters a-z A-Z 0-9 _ . -',
  without: madeByCloudFormation,
};

const names = {
  /** CloudFormation, `CreateStack`: StackName. */
  stackName: textSetting({
    default: 'ChangePointDetection',
    pattern: /^[A-Za-z][A-Za-z0-9-]{0,127}$/,
    rule: 'a letter and up to 127 of the characters a-z A-Z 0-9 -',
    meaning: 'name of the stack. A deployment under another name stands beside the first',
  }),
  /** Kinesis, `CreateStream`: StreamName. */
  streamName: optionalTextSetting({
    without: madeByCloudFormation,
    pattern: /^[A-Za-z0-9_.-]{1,128}$/,
    rule: '1 to 128 of the characters a-z A-Z 0-9 _ . -',
    meaning: 'name of the Kinesis stream',
  }),
  eventsTableName: optionalTextSetting({ ...tableName, meaning: 'name of the events table' }),
  changePointsTableName: optionalTextSetting({
    ...tableName,
    meaning: 'name of the change-points table',
    differsFrom: ['eventsTableName'],
  }),
  rulesTableName: optionalTextSetting({
    ...tableName,
    meaning: 'name of the table of rules: options of many series, and mutes',
    differsFrom: ['eventsTableName', 'changePointsTableName'],
  }),
  /** SNS, `CreateTopic`: Name, of a topic that is not FIFO. */
  topicName: optionalTextSetting({
    without: madeByCloudFormation,
    pattern: /^[A-Za-z0-9_-]{1,256}$/,
    rule: '1 to 256 of the characters a-z A-Z 0-9 _ -',
    meaning: 'name of the topic of change points',
  }),
  /** Only catches typing errors: SNS asks the address itself to confirm. */
  email: optionalTextSetting({
    without: 'nobody',
    pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
    rule: 'an e-mail address',
    meaning: 'who receives change points and alarms by e-mail',
  }),
};

/** Lambda's own limits for a mapping of a stream. */
const batchWindow = { least: 0, most: 300, unit: 'seconds' } as const;
const parallelization = { least: 1, most: 10 };
/** The most is far above the default quota of an account, 1,000 executions at once, of which 100 stay free for all others. */
const concurrency = { default: 'unreserved', word: 'unreserved', least: 1, most: 10_000 } as const;
const { recorder, detector } = deploymentLimits;

const stream = {
  shards: integerOrWordSetting({
    default: 1,
    least: 1,
    most: 10_000,
    word: 'on-demand',
    meaning:
      'shards of the stream. Each takes 1,000 records or 1 MB a second; with `on-demand`, Kinesis scales the stream',
  }),
  shardsNow: integerOrWordSetting({
    default: 'unknown',
    least: 1,
    most: 10_000,
    word: 'unknown',
    meaning:
      'open shards of the stream that is deployed. With it, a number of `shards` that Kinesis would refuse is refused before',
  }),
  streamRetentionHours: integerSetting({
    default: deploymentLimits.streamRetentionHours,
    least: 24,
    most: 8_760,
    unit: 'hours',
    meaning: 'how long the stream keeps a record. More than 24 hours cost extra',
  }),
};

const mappings = {
  recorderBatchWindowSeconds: integerSetting({
    ...batchWindow,
    default: recorder.mapping.batchWindowSeconds,
    meaning: 'how long Lambda waits for a fuller batch of records: cheaper, but later',
  }),
  recorderParallelizationFactor: integerSetting({
    ...parallelization,
    default: recorder.mapping.parallelizationFactor,
    meaning: 'concurrent invocations of the recorder for one shard',
  }),
  recorderReservedConcurrency: integerOrWordSetting({
    ...concurrency,
    meaning:
      'reserved concurrency of the recorder: executions that Lambda keeps free for it, which are also the most that it gets',
  }),
  /** Lambda, `CreateEventSourceMapping`: StartingPositionTimestamp cannot be in the future. */
  recorderStartsAt: optionalTimeSetting({
    without: 'the oldest record of the stream',
    meaning:
      'where a new mapping of the recorder starts to read, by the time at which records were put. Change it with `enhancedFanOut` only',
  }),
  detectorBatchWindowSeconds: integerSetting({
    ...batchWindow,
    default: detector.mapping.batchWindowSeconds,
    meaning: 'how long Lambda waits for a fuller batch of stored events: cheaper, but later',
  }),
  detectorParallelizationFactor: integerSetting({
    ...parallelization,
    default: detector.mapping.parallelizationFactor,
    meaning: 'concurrent invocations of the detector for one shard',
  }),
  detectorReservedConcurrency: integerOrWordSetting({
    ...concurrency,
    meaning:
      'reserved concurrency of the detector: executions that Lambda keeps free for it, which are also the most that it gets',
  }),
};

const choices = {
  shardLevelMetrics: switchSetting('metrics of every shard, at extra cost'),
  enhancedFanOut: switchSetting('a dedicated connection from the stream to the recorder, at extra cost'),
  customerManagedKey: switchSetting(
    'a KMS key of your own encrypts stream, tables, bucket, topics, queues and logs',
  ),
};

/**
 * Every setting of a deployment except for the detector's options, with its default, rule and meaning.
 *
 * These rows give the names and checks of `cdk.json`, of `-c` and of the constructs' props, the environment of the functions, and docs/settings.md.
 */
export const settingsTable = {
  ...names,
  ...fieldSettings,
  ...formatSettings,
  ...stream,
  ...mappings,
  ...peopleSettings,
  ...busSettings,
  ...eventSettings,
  ...choices,
  ...tableSettings,
};

export type SettingName = keyof typeof settingsTable;

/** The value of each setting. */
export type SettingValues = ValuesOf<typeof settingsTable>;
/** The same table, typed so that a row takes the values of its name whatever that is. */
const rowsByName: { readonly [Name in SettingName]: SettingRow<SettingValues[Name]> } = settingsTable;

/** The names and rows of the table, in its order. */
export const settingRows = Object.entries(settingsTable) as readonly (readonly [
  SettingName,
  SettingRow<unknown>,
])[];

/** What a setting of a kind is as a prop. */
const propTypes = { integer: 'number', text: 'string', choice: 'string', switch: 'boolean' } as const;

/**
 * The value that a construct was given, checked, or the default.
 *
 * @throws RangeError naming the setting, its rule and the value; also for a value of another type, which TypeScript refuses
 */
export function checkedSetting<Name extends SettingName>(
  name: Name,
  given: SettingValues[Name] | undefined,
): SettingValues[Name] {
  const row = rowsByName[name];
  if (given === undefined) return row.default;
  const type = propTypes[row.kind];
  const isWord = row.kind === 'integer' && row.words.some((word) => word === given);
  if (typeof given !== type && !isWord) {
    throw new RangeError(`${name} must be a ${type}, got a value of type ${typeof given}`);
  }
  return row.fromText(name, row.toText(given));
}
