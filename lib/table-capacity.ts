import { BillingMode, type Table, type TableProps } from 'aws-cdk-lib/aws-dynamodb';
import { checkedSetting } from './settings-table.ts';

/** The capacity of the tables. */
export interface TableCapacityProps {
  /**
   * Read and write units a second of each table except the rules table, and of its index. Auto scaling follows the use, down to a tenth, within
   * minutes. With `'on-demand'` DynamoDB follows the load, at a higher price for each unit.
   *
   * @default on-demand
   */
  readonly tableCapacity?: number | 'on-demand';
  /**
   * Read and write units a second that each on-demand table takes at most, which bounds the cost. What is beyond is throttled.
   *
   * @default none
   */
  readonly onDemandLimit?: number | 'none';
  /**
   * Read units a second that each on-demand table except the rules table takes at once, from 12,000 on, which a new one does anyway. AWS charges an
   * increase once, and does not take it back.
   *
   * @default auto
   */
  readonly warmReads?: number | 'auto';
  /**
   * Write units a second that each on-demand table except the rules table takes at once, from 4,000 on, which a new one does anyway. AWS charges an
   * increase once, and does not take it back.
   *
   * @default auto
   */
  readonly warmWrites?: number | 'auto';
}

/** The properties of a table that set its capacity. */
type Capacity = Pick<
  TableProps,
  | 'billingMode'
  | 'readCapacity'
  | 'writeCapacity'
  | 'maxReadRequestUnits'
  | 'maxWriteRequestUnits'
  | 'warmThroughput'
>;

/**
 * The capacity of a table.
 *
 * Where it is provisioned, a table starts with all of it, so that a change from on-demand throttles nothing, and shrinks by itself.
 *
 * @throws RangeError naming a setting that has no effect beside another
 */
export function capacityOf(props: TableCapacityProps): Capacity {
  const units = checkedSetting('tableCapacity', props.tableCapacity);
  const limit = checkedSetting('onDemandLimit', props.onDemandLimit);
  const reads = checkedSetting('warmReads', props.warmReads);
  const writes = checkedSetting('warmWrites', props.warmWrites);
  if (units !== 'on-demand') {
    refuseBeside(units, 'onDemandLimit', 'none', limit);
    refuseBeside(units, 'warmReads', 'auto', reads);
    refuseBeside(units, 'warmWrites', 'auto', writes);
    return { billingMode: BillingMode.PROVISIONED, readCapacity: units, writeCapacity: units };
  }
  const warmThroughput = {
    ...(reads !== 'auto' && { readUnitsPerSecond: reads }),
    ...(writes !== 'auto' && { writeUnitsPerSecond: writes }),
  };
  return {
    billingMode: BillingMode.PAY_PER_REQUEST,
    ...(limit !== 'none' && { maxReadRequestUnits: limit, maxWriteRequestUnits: limit }),
    ...(Object.keys(warmThroughput).length > 0 && { warmThroughput }),
  };
}

function refuseBeside(units: number, name: string, word: string, value: number | string): void {
  if (value === word) return;
  throw new RangeError(
    `${name} must be '${word}' where tableCapacity is a number (${units}), got '${value}'`,
  );
}

const scaling = { targetUtilizationPercent: 70 };

/** Lets AWS scale a provisioned table, or one of its indexes, by use. */
export function scaleByUse(table: Table, { readCapacity: units }: Capacity, index?: string): void {
  if (units === undefined) return;
  const bounds = { minCapacity: Math.ceil(units / 10), maxCapacity: units };
  const attributes =
    index === undefined
      ? [table.autoScaleReadCapacity(bounds), table.autoScaleWriteCapacity(bounds)]
      : [
          table.autoScaleGlobalSecondaryIndexReadCapacity(index, bounds),
          table.autoScaleGlobalSecondaryIndexWriteCapacity(index, bounds),
        ];
  for (const attribute of attributes) attribute.scaleOnUtilization(scaling);
}
