import type { ItemDb } from 'dynalite/db/index.js';
import { expect, test } from 'vitest';
import { tapTable } from '../../../local/emulators/tap-table.ts';

type Item = Parameters<ItemDb['put']>[1];
const item = (value: string): Item => ({ seriesId: { S: 's' }, eventKey: { S: 'k' }, value: { N: value } });

/** A table of one item at most, whose calls fail with these errors. */
function tapped(errors: { readonly get?: Error; readonly put?: Error; readonly del?: Error }) {
  let held: Item | undefined;
  const items = {
    get: (_: string, done: (error: Error | null, value?: Item) => void) =>
      errors.get ? done(errors.get) : done(null, held),
    put(_: string, value: Item, done: (error: Error | null) => void) {
      if (errors.put) return done(errors.put);
      held = value;
      done(null);
    },
    del(_: string, done: (error: Error | null) => void) {
      if (errors.del) return done(errors.del);
      held = undefined;
      done(null);
    },
  } as unknown as ItemDb;
  const stream = tapTable(items, 'events', ['seriesId', 'eventKey']);
  const answered: unknown[] = [];
  return {
    answered,
    put: (value: string) => items.put('key', item(value), (error) => answered.push(error)),
    del: () => items.del('key', (error) => answered.push(error)),
    records: () => stream.read(undefined, Number.POSITIVE_INFINITY),
    held: () => held,
  };
}

test('each change of an item is a record, with its keys and what it was and is; what changes nothing is none', () => {
  const { put, del, records, answered } = tapped({});
  del();
  put('1');
  put('1');
  put('2');
  del();
  del();
  const Keys = { seriesId: { S: 's' }, eventKey: { S: 'k' } };
  const sizes = records().map(({ dynamodb }) => dynamodb.SizeBytes);
  expect(
    records().map(({ eventName, dynamodb: { Keys, NewImage, OldImage } }) => [
      eventName,
      Keys,
      NewImage,
      OldImage,
    ]),
  ).toEqual([
    ['INSERT', Keys, item('1'), undefined],
    ['MODIFY', Keys, item('2'), item('1')],
    ['REMOVE', Keys, undefined, item('2')],
  ]);
  // Names and texts of the keys take 18 bytes, and the item 7 more, for its value.
  expect(sizes).toEqual([18 + 25, 18 + 25 + 25, 18 + 25]);
  expect(answered).toEqual([null, null, null, null, null, null]);
});

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html
test('a record is numbered, dated and addressed as one of DynamoDB', () => {
  const before = Math.floor(Date.now() / 1000);
  const { put, records } = tapped({});
  put('1');
  put('2');
  const numbers = ['000000000000000000001', '000000000000000000002'];
  expect(records().map(({ dynamodb }) => dynamodb.SequenceNumber)).toEqual(numbers);
  for (const [index, record] of records().entries()) {
    expect(record).toMatchObject({
      eventID: numbers[index],
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      eventSourceARN: 'arn:aws:dynamodb:us-east-1:000000000000:table/events/stream/local',
      dynamodb: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
    const { ApproximateCreationDateTime: at = 0 } = record.dynamodb;
    expect(Number.isInteger(at)).toBe(true);
    expect(at).toBeGreaterThanOrEqual(before);
    expect(at).toBeLessThanOrEqual(Date.now() / 1000);
  }
});

test('an item that cannot be read is not written, and who writes is told', () => {
  const get = new Error('Corruption: bad block');
  const { put, del, records, answered, held } = tapped({ get });
  put('1');
  del();
  expect([answered, records(), held()]).toEqual([[get, get], [], undefined]);
});

test('a write that fails is no change, and who writes is told', () => {
  const put = new Error('IO error: no space left');
  const failing = tapped({ put });
  failing.put('1');
  expect([failing.answered, failing.records()]).toEqual([[put], []]);
  const kept = tapped({ del: put });
  kept.put('1');
  kept.del();
  expect([kept.answered, kept.records().length]).toEqual([[null, put], 1]);
});
