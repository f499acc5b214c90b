import { AttributeType, ProjectionType, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { type AnyTable, refuseOtherKeys, refuseOtherStream, refuseWithoutIndex } from './given-table.ts';
import { checkedSetting } from './settings-table.ts';
import { keepingTable, type StorageProps } from './storage.ts';
import { capacityOf, scaleByUse } from './table-capacity.ts';
import { changePointsTableSchema, eventsTableSchema } from './table-schemas.ts';
import { refuseVoid } from './void-props.ts';

/** The settings of the table that holds the events. */
export interface EventsTableProps extends StorageProps {
  /**
   * An existing table, with the keys and the stream of `eventsTableSchema`. Its owner then decides its other settings, such as its time
   * to live. One that is imported needs its stream: `Table.fromTableAttributes(this, 'Events', { tableName, tableStreamArn })`.
   *
   * @default a new one
   */
  readonly eventsTable?: AnyTable;
  /** @default made by CloudFormation */
  readonly eventsTableName?: string | undefined;
  /**
   * Point-in-time recovery of the events table, over 35 days.
   *
   * @default true
   */
  readonly eventsRecovery?: boolean;
}

/** The settings of the table that holds the change points. */
export interface ChangePointsTableProps extends StorageProps {
  /**
   * An existing table, with the keys and the index of `changePointsTableSchema`. Its owner then decides its other settings. Its time to live
   * should be `expiresAt`: otherwise chunks, and what people were told, stay of series that end.
   *
   * @default a new one
   */
  readonly changePointsTable?: AnyTable;
  /** @default made by CloudFormation */
  readonly changePointsTableName?: string | undefined;
}

/**
 * The existing table of events if one is given, else a new one.
 *
 * @throws RangeError if the given one cannot hold events, as far as synth sees it
 */
export function tableOfEvents(scope: Construct, props: EventsTableProps): AnyTable {
  const { eventsTable: given, eventsTableName: name } = props;
  if (given !== undefined) {
    refuseVoid('eventsTable', { eventsTableName: name });
    refuseOtherKeys('eventsTable', given, eventsTableSchema);
    refuseOtherStream('eventsTable', given, eventsTableSchema.streamViewType);
    return given;
  }
  return keepingTable(scope, 'EventsTable', eventsTableSchema, name, props, {
    timeToLiveAttribute: eventsTableSchema.timeToLiveAttribute,
    stream: StreamViewType[eventsTableSchema.streamViewType],
    pointInTimeRecoverySpecification: {
      pointInTimeRecoveryEnabled: checkedSetting('eventsRecovery', props.eventsRecovery),
    },
  });
}

/**
 * The existing table of change points if one is given, else a new one.
 *
 * @throws RangeError if the given one cannot hold change points, as far as synth sees it
 */
export function tableOfChangePoints(scope: Construct, props: ChangePointsTableProps): AnyTable {
  const { changePointsTable: given, changePointsTableName: name } = props;
  const { pendingIndex } = changePointsTableSchema;
  if (given !== undefined) {
    refuseVoid('changePointsTable', { changePointsTableName: name });
    refuseOtherKeys('changePointsTable', given, changePointsTableSchema);
    refuseWithoutIndex('changePointsTable', given, pendingIndex);
    return given;
  }
  const table = keepingTable(scope, 'ChangePointsTable', changePointsTableSchema, name, props, {
    timeToLiveAttribute: changePointsTableSchema.timeToLiveAttribute,
  });
  const capacity = capacityOf(props);
  // The index takes the mode of its table.
  const { billingMode, warmThroughput, ...ofIndex } = capacity;
  table.addGlobalSecondaryIndex({
    indexName: pendingIndex.name,
    partitionKey: { name: pendingIndex.partitionKey, type: AttributeType.STRING },
    sortKey: { name: pendingIndex.sortKey, type: AttributeType.STRING },
    projectionType: ProjectionType.KEYS_ONLY,
    ...ofIndex,
  });
  scaleByUse(table, capacity, pendingIndex.name);
  return table;
}
