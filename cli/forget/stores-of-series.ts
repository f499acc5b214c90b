import { documentClient } from '../../lambda/document-client.ts';
import { processingLimits } from '../../lambda/processing-limits.ts';
import { eventReading } from '../../lambda/record/event-reading.ts';
import type { RecordSettings } from '../../lambda/record-settings.ts';
import { ruleKey, versionsScope } from '../../lambda/rules/rule-keys.ts';
import { isChunkKey } from '../../lambda/tables/regime-chunks.ts';
import { changePointAt } from '../../lambda/tables/stored-change-point.ts';
import { changePointsTableSchema, eventsTableSchema, rulesTableSchema } from '../../lib/table-schemas.ts';
import type { Clients } from '../../local/clients.ts';
import type { Forgettable } from './forgettable.ts';
import { type ItemRange, inSeveralPlaces, itemsOfSeries } from './items-of-series.ts';
import { quarantinedSeries } from './quarantined-series.ts';

/** The places of a service that hold something of a series. */
export interface PlacesOfSeries {
  readonly eventsTable: string;
  readonly changePointsTable: string;
  readonly rulesTable: string;
  readonly bucket: string;
  /** How events are found in records. */
  readonly records: RecordSettings;
}

/**
 * Every store that holds something of a series, in the order in which it is forgotten: whoever adds one adds it here.
 *
 * The chunks go first, since they are only copies. The change points go before the events, so that nobody is told that they are
 * retracted. The rest of the change-points table, with the HEAD and the options in it, goes after the events: should the command end
 * between, the next event is tested as if nothing had happened, and no old change is found anew. Rules and mutes are those of exactly this name; one of a
 * pattern is of no series.
 */
export function storesOfSeries(
  { dynamoDb, s3 }: Pick<Clients, 'dynamoDb' | 's3'>,
  seriesId: string,
  { eventsTable, changePointsTable, rulesTable, bucket, records }: PlacesOfSeries,
  signal: AbortSignal,
): readonly Forgettable[] {
  const client = documentClient(dynamoDb);
  const items = (name: string, range: ItemRange) => itemsOfSeries(name, client, range, signal);
  const ofEvents = { ...eventsTableSchema, tableName: eventsTable, partition: seriesId };
  const ofChangePoints = { ...changePointsTableSchema, tableName: changePointsTable, partition: seriesId };
  const isChangePoint = (key: string) => changePointAt(seriesId, key) !== undefined;
  const isState = (key: string) => !isChunkKey(key) && !isChangePoint(key);
  return [
    items('chunks', { ...ofChangePoints, has: isChunkKey }),
    items('change points', { ...ofChangePoints, has: isChangePoint }),
    items('events', { ...ofEvents, has: () => true }),
    items('items of state', { ...ofChangePoints, has: isState }),
    inSeveralPlaces(
      'items of rules',
      (['options', 'mute'] as const).flatMap((subject) => {
        const rule = ruleKey(subject, { kind: 'series', text: seriesId });
        const ofRules = { ...rulesTableSchema, tableName: rulesTable };
        const isRule = (key: string) => key === rule.sortKey;
        const versions = versionsScope(rule);
        return [
          items(subject, { ...ofRules, partition: rule.scope, has: isRule }),
          // No rule is of a name for which that would be too long a key, and DynamoDB refuses to look for it.
          ...(Buffer.byteLength(versions) > processingLimits.seriesIdBytes
            ? []
            : [items(subject, { ...ofRules, partition: versions, has: () => true })]),
        ];
      }),
    ),
    quarantinedSeries(s3, bucket, seriesId, eventReading(records), signal),
  ];
}
