import type { DetectorOptions } from '@aed/core';
import { defaultFieldNames, detectorOptionsFromText, type FieldNames } from '../lambda/settings.ts';
import { type ChoiceSetting, checkedChoice, choiceSettings } from './choices.ts';
import { checkedInteger, type IntegerSetting, integers } from './integers.ts';
import { checkedText, type TextSetting, textSettings } from './text-rules.ts';

/** Everything that one deployment may choose. A name that is not given is CloudFormation's to make. */
export interface Settings {
  /** Default ChangePointDetection; another one makes a second deployment beside the first. */
  readonly stackName: string;
  readonly streamName: string | undefined;
  readonly eventsTableName: string | undefined;
  readonly changePointsTableName: string | undefined;
  readonly topicName: string | undefined;
  /** Who is mailed each change point; nobody if not given. */
  readonly email: string | undefined;
  /** Shards of the stream: 1 MB or 1,000 records a second each; `'on-demand'`: as many as it takes. Default 1. */
  readonly shards: number | 'on-demand';
  /** Hours that the stream keeps a record. Default 24. */
  readonly streamRetentionHours: number;
  /** Seconds that Lambda waits for a fuller batch, for each function. Default 0. */
  readonly recorderBatchWindowSeconds: number;
  readonly detectorBatchWindowSeconds: number;
  /** Invocations at once for one shard, for each function. Default 1. */
  readonly recorderParallelizationFactor: number;
  readonly detectorParallelizationFactor: number;
  /** Metrics of every shard, which cost. Default off. */
  readonly shardLevelMetrics: boolean;
  /** A connection to the stream for the recorder alone, which costs. Default off. */
  readonly enhancedFanOut: boolean;
  /** A key of one's own for everything that holds data. Default off. */
  readonly customerManagedKey: boolean;
  /** Whether DynamoDB refuses to delete the tables. Default off. */
  readonly deletionProtection: boolean;
  /** Whether deleting the stack deletes the data: keep (the default) or destroy. */
  readonly removal: 'keep' | 'destroy';
  /** What the records call their three fields. Default: seriesId, timestamp, value. */
  readonly fields: FieldNames;
  /** Days after an event's own time at which it may be deleted. Default 365. */
  readonly eventRetentionDays: number;
  /** How far ahead of its arrival an event may lie. Default 300. */
  readonly maxFutureSkewSeconds: number;
  readonly detector: Required<DetectorOptions>;
}

/** CDK context: what `cdk.json` and `-c name=value` give, among much that is CDK's own. */
export type Context = Readonly<Record<string, unknown>>;

const detectorSettings = [
  'alpha',
  'practicalThreshold',
  'startup',
  'window',
  'restart',
  'maxRegimeLength',
] as const satisfies readonly (keyof DetectorOptions)[];

const defaultStackName = 'ChangePointDetection';

/** What all settings are called. */
export const settingNames: readonly string[] = [
  ...textSettings,
  ...Object.keys(integers),
  ...choiceSettings,
  ...detectorSettings,
];

/**
 * The settings of a deployment, checked.
 *
 * @throws RangeError naming the first setting that is wrong, its rule and the value got
 */
export function settingsFromContext(context: Context): Settings {
  refuseUnknown(context);
  const text = (name: TextSetting) => {
    const given = textOf(context, name);
    return given === undefined ? undefined : checkedText(name, given);
  };
  const integer = (name: IntegerSetting) => checkedInteger(name, textOf(context, name));
  const choice = <Name extends ChoiceSetting>(name: Name) => checkedChoice(name, textOf(context, name));
  const settings = {
    stackName: text('stackName') ?? defaultStackName,
    streamName: text('streamName'),
    eventsTableName: text('eventsTableName'),
    changePointsTableName: text('changePointsTableName'),
    topicName: text('topicName'),
    email: text('email'),
    shards: context.shards === 'on-demand' ? ('on-demand' as const) : integer('shards'),
    streamRetentionHours: integer('streamRetentionHours'),
    recorderBatchWindowSeconds: integer('recorderBatchWindowSeconds'),
    recorderParallelizationFactor: integer('recorderParallelizationFactor'),
    detectorBatchWindowSeconds: integer('detectorBatchWindowSeconds'),
    detectorParallelizationFactor: integer('detectorParallelizationFactor'),
    shardLevelMetrics: choice('shardLevelMetrics') === 'on',
    enhancedFanOut: choice('enhancedFanOut') === 'on',
    customerManagedKey: choice('customerManagedKey') === 'on',
    deletionProtection: choice('deletionProtection') === 'on',
    removal: choice('removal'),
    fields: {
      seriesId: text('seriesIdField') ?? defaultFieldNames.seriesId,
      timestamp: text('timestampField') ?? defaultFieldNames.timestamp,
      value: text('valueField') ?? defaultFieldNames.value,
    },
    eventRetentionDays: integer('eventRetentionDays'),
    maxFutureSkewSeconds: integer('maxFutureSkewSeconds'),
    detector: detectorOptions(context),
  };
  refuseSharedNames(settings);
  if (settings.deletionProtection && settings.removal === 'destroy') {
    throw new RangeError("removal must be 'keep' where deletionProtection is on, got 'destroy'");
  }
  return settings;
}

function detectorOptions(context: Context): Required<DetectorOptions> {
  const text = detectorSettings.map((name) => [name, textOf(context, name)] as const);
  return detectorOptionsFromText(Object.fromEntries(text));
}

/** `-c` gives text; `cdk.json` may hold numbers. */
function textOf(context: Context, name: string): string | undefined {
  const value = context[name];
  if (value === undefined || typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw new RangeError(`${name} must be text or a number, got ${JSON.stringify(value)}`);
}

/** What CDK's command line keeps in the context under plain words; all its other keys hold a colon, slash or at sign. */
const cdkWords = ['cli-telemetry', 'acknowledged-issue-numbers'];

/** A slip in a name must not pass for a default: a plain word that nobody knows is refused. */
function refuseUnknown(context: Context): void {
  const unknown = Object.keys(context).find(
    (key) => !settingNames.includes(key) && !cdkWords.includes(key) && !/[:/@]/.test(key),
  );
  if (unknown !== undefined) {
    throw new RangeError(`setting must be one of ${settingNames.join(', ')}, got '${unknown}'`);
  }
}

function refuseSharedNames({ eventsTableName, changePointsTableName, fields }: Settings): void {
  if (eventsTableName !== undefined && eventsTableName === changePointsTableName) {
    throw new RangeError(
      `changePointsTableName must differ from eventsTableName, got '${changePointsTableName}'`,
    );
  }
  const { seriesId, timestamp, value } = fields;
  if (timestamp === seriesId) {
    throw new RangeError(`timestampField must differ from seriesIdField, got '${timestamp}'`);
  }
  if (value === seriesId || value === timestamp) {
    throw new RangeError(`valueField must differ from seriesIdField and timestampField, got '${value}'`);
  }
}
