import type { DetectorOptions } from '@aed/core';
import type { EventSourceMapping, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { detectorEnvironment } from '../lambda/environment/detector.ts';
import { serviceOptions, withServiceDefaults } from '../lambda/service-options.ts';
import { type EventBusParts, eventBus } from './bus/event-bus.ts';
import { deploymentLimits } from './deployment-limits.ts';
import { type DestinationsOptions, destinations } from './destinations.ts';
import type { AnyTable } from './given-table.ts';
import type { Ingestion } from './ingestion.ts';
import { type MappingSource, mapStream } from './mapping.ts';
import type { NetworkProps } from './network.ts';
import { type People, type PeopleOptions, people } from './people.ts';
import { grant, pipelineFunction } from './pipeline-function.ts';
import { type RulesTableProps, tableOfRules } from './rules-table.ts';
import { type ChangePointsTableProps, tableOfChangePoints } from './service-tables.ts';
import { checkedSetting } from './settings-table.ts';
import { sweeper } from './sweep.ts';

/** The permissions that Lambda needs to read a table's stream. */
const tableStreamReadActions = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
];

/** The settings of the detection. */
export interface DetectionOptions
  extends ChangePointsTableProps,
    RulesTableProps,
    DestinationsOptions,
    PeopleOptions,
    NetworkProps {
  /**
   * The detector's options. Changing them redeploys the detector function and nothing else.
   *
   * @default the core's, with set points after 10,000 points of a regime
   */
  readonly detector?: DetectorOptions;
  /**
   * Seconds that Lambda waits for a fuller batch of stored events, up to 300. A longer wait means fewer reads and writes of
   * each series, and later answers.
   *
   * @default 0
   */
  readonly detectorBatchWindowSeconds?: number;
  /**
   * Concurrent invocations for one shard of the table's stream, up to 10. Lambda keeps the order of each item, and an item
   * is one event. So two invocations may test one series at once: the answers are the same, but one of them starts over.
   *
   * @default 1
   */
  readonly detectorParallelizationFactor?: number;
  /**
   * Reserved concurrency: executions that Lambda keeps free for the detector, which are also the most that it gets. Each shard of the table's stream needs
   * `detectorParallelizationFactor` of them, and DynamoDB decides how many shards there are.
   *
   * @default unreserved
   */
  readonly detectorReservedConcurrency?: number | 'unreserved';
}

export interface DetectionProps extends DetectionOptions {
  /** The source of the events, and the bucket for failed batches. */
  readonly ingestion: Pick<Ingestion, 'eventsTable' | 'quarantineBucket'>;
}

/** Stored event → regime → detector → change point → stored → notified: the detector, its tables, the topic, the sweeper, people. */
export class Detection extends Construct {
  readonly detector: IFunction;
  readonly detectorLog: ILogGroup;
  /** Publishes the change points that the detector did not publish. */
  readonly sweeper: IFunction;
  readonly mapping: EventSourceMapping;
  readonly changePointsTable: AnyTable;
  readonly rulesTable: AnyTable;
  readonly topic: ITopic;
  /** The notifications to people. */
  readonly people: People;
  /** The forwarder to a bus; `undefined` without one. */
  readonly bus: EventBusParts | undefined;

  /** @throws RangeError naming the detector option or the setting that breaks a rule */
  constructor(scope: Construct, id: string, props: DetectionProps) {
    super(scope, id);
    const { eventsTable, quarantineBucket } = props.ingestion;
    this.changePointsTable = tableOfChangePoints(this, props);
    this.rulesTable = tableOfRules(this, props);
    const publishedTo = destinations(this, props);
    this.topic = publishedTo.topic;

    const options = serviceOptions(withServiceDefaults(props.detector ?? {}));
    const detector = pipelineFunction(this, 'Detector', {
      description:
        'Tests each new event for a change point of its series, and stores and publishes what it finds',
      entry: 'detector.lambda.ts',
      limits: deploymentLimits.detector.function,
      encryptionKeys: [
        props.encryptionKey,
        eventsTable.encryptionKey,
        this.changePointsTable.encryptionKey,
        this.rulesTable.encryptionKey,
        ...publishedTo.encryptionKeys,
      ],
      network: props,
      reservedConcurrency: checkedSetting('detectorReservedConcurrency', props.detectorReservedConcurrency),
      environment: detectorEnvironment.write({
        eventsTable: eventsTable.tableName,
        changePointsTable: this.changePointsTable.tableName,
        rulesTable: this.rulesTable.tableName,
        ...publishedTo.addresses,
        options,
      }),
    });
    grant(detector, ['dynamodb:Query'], eventsTable.tableArn);
    grant(detector, ['dynamodb:Query'], this.rulesTable.tableArn);
    grant(
      detector,
      [
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        // The HEAD with the chunks of its regime, which are written and deleted several at once.
        'dynamodb:Query',
        'dynamodb:BatchWriteItem',
      ],
      this.changePointsTable.tableArn,
    );
    publishedTo.grantPublish(detector);
    this.detector = detector;
    this.detectorLog = detector.logGroup;
    this.mapping = mapStream(detector, {
      source: streamOf(eventsTable),
      limits: {
        ...deploymentLimits.detector.mapping,
        batchWindowSeconds: checkedSetting('detectorBatchWindowSeconds', props.detectorBatchWindowSeconds),
        parallelizationFactor: checkedSetting(
          'detectorParallelizationFactor',
          props.detectorParallelizationFactor,
        ),
      },
      discarded: quarantineBucket,
    });
    this.sweeper = sweeper(this, {
      changePointsTable: this.changePointsTable,
      destinations: publishedTo,
      encryptionKey: props.encryptionKey,
      network: props,
    });
    const { topic, changePointsTable } = this;
    this.people = people(this, { ...props, topic, changePointsTable });
    this.bus = eventBus(this, { ...props, topic });
  }
}

function streamOf(table: AnyTable): MappingSource {
  const arn = table.tableStreamArn;
  if (arn === undefined) throw new TypeError(`${table.node.path} must have a stream, got none`);
  return { arn, grants: [{ actions: tableStreamReadActions, resources: [arn] }] };
}
