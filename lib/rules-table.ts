import type { Construct } from 'constructs';
import { type AnyTable, refuseOtherKeys } from './given-table.ts';
import { keepingTable, type StorageProps } from './storage.ts';
import { rulesTableSchema } from './table-schemas.ts';
import { refuseVoid } from './void-props.ts';

/** The settings of the table that holds the options of many series, and who is not told. */
export interface RulesTableProps extends StorageProps {
  /**
   * An existing table, with the keys of `rulesTableSchema`. Its owner then decides its other settings. Its time to live should be
   * `expiresAt`: otherwise what has expired stays, and counts for nothing.
   *
   * @default a new one
   */
  readonly rulesTable?: AnyTable;
  /** @default made by CloudFormation */
  readonly rulesTableName?: string | undefined;
}

/**
 * The existing table of rules if one is given, else a new one. That is always on demand: it is read every few seconds, and hardly ever written.
 *
 * @throws RangeError if the given one cannot hold rules, as far as synth sees it
 */
export function tableOfRules(scope: Construct, props: RulesTableProps): AnyTable {
  const { rulesTable: given, rulesTableName: name } = props;
  if (given !== undefined) {
    refuseVoid('rulesTable', { rulesTableName: name });
    refuseOtherKeys('rulesTable', given, rulesTableSchema);
    return given;
  }
  const onDemand = { tableCapacity: 'on-demand', warmReads: 'auto', warmWrites: 'auto' } as const;
  return keepingTable(
    scope,
    'RulesTable',
    rulesTableSchema,
    name,
    { ...props, ...onDemand },
    { timeToLiveAttribute: rulesTableSchema.timeToLiveAttribute },
  );
}
