import type { AttributeValue } from 'aws-lambda';
import type { ItemDb } from 'dynalite/db/index.js';
import { itemSize } from './item-size.ts';
import { recordLog } from './record-log.ts';
import { sameItem } from './same-item.ts';
import type { TableStream } from './table-stream.ts';

type Item = Record<string, AttributeValue>;

/**
 * Taps the writes of a table. Each write that changes an item makes one record; a write that changes nothing makes none.
 *
 * The writes are wrapped where dynalite makes them, under its lock of the key, so that no other write of the same item
 * comes between reading the old item and recording the new one.
 */
export function tapTable(items: ItemDb, tableName: string, keyAttributes: readonly string[]): TableStream {
  const arn = `arn:aws:dynamodb:us-east-1:000000000000:table/${tableName}/stream/local`;
  const log = recordLog(arn);

  function record(old: Item | undefined, item: Item | undefined): void {
    const known = item ?? old ?? {};
    const sequenceNumber = String(log.length + 1).padStart(21, '0');
    const keys = Object.fromEntries(keyAttributes.map((name) => [name, known[name] as AttributeValue]));
    log.add({
      eventID: sequenceNumber,
      eventName: old === undefined ? 'INSERT' : item === undefined ? 'REMOVE' : 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(Date.now() / 1000),
        Keys: keys,
        ...(item && { NewImage: item }),
        ...(old && { OldImage: old }),
        SequenceNumber: sequenceNumber,
        SizeBytes: itemSize(keys) + itemSize(item ?? {}) + itemSize(old ?? {}),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      eventSourceARN: arn,
    });
  }

  const { get, put, del } = items;

  items.put = (key, item, done) =>
    get.call(items, key, (unread, old) => {
      if (unread) return done(unread);
      put.call(items, key, item, (error) => {
        if (!error && !sameItem(old, item)) record(old, item);
        done(error);
      });
    });
  items.del = (key, done) =>
    get.call(items, key, (unread, old) => {
      if (unread) return done(unread);
      del.call(items, key, (error) => {
        if (!error && old !== undefined) record(old, undefined);
        done(error);
      });
    });

  return log;
}
