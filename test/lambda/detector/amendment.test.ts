import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amendedBy } from '../../../lambda/detector/amendment.ts';
import { compareEventKeys } from '../../../lambda/event.ts';
import { waveOfAmendments } from '../../../lambda/tables/wave.ts';

const eventKey = '2026-01-01T00:00:00.000Z#k';
const Keys = { seriesId: { S: 's' }, eventKey: { S: eventKey } };
type Image = Readonly<Record<string, AttributeValue>>;
const item = (value: AttributeValue, more: Image = {}): Image => ({ ...Keys, value, ...more });
const record = (eventName: 'INSERT' | 'MODIFY' | 'REMOVE', images: object, more: object = {}) =>
  ({ eventName, dynamodb: { Keys, ...images }, ...more }) as DynamoDBRecord;
const marked = { wave: { M: { id: { S: 'i' } } } };
// Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html
const ofTimeToLive = { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } };

test.each<[string, DynamoDBRecord, string | undefined]>([
  ['a new event', record('INSERT', { NewImage: item({ N: '1' }) }), undefined],
  ['a new event that closes a wave', record('INSERT', { NewImage: item({ N: '1' }, marked) }), undefined],
  [
    'an event that was stored once more, with another mark',
    record('MODIFY', { OldImage: item({ N: '1' }), NewImage: item({ N: '1' }, marked) }),
    undefined,
  ],
  ['another value', record('MODIFY', { OldImage: item({ N: '1' }), NewImage: item({ N: '2' }) }), eventKey],
  [
    'another value beside the same mark',
    record('MODIFY', { OldImage: item({ N: '1' }, marked), NewImage: item({ N: '2' }, marked) }),
    eventKey,
  ],
  [
    'a value that is text',
    record('MODIFY', { OldImage: item({ N: '1' }), NewImage: item({ S: '1' }) }),
    eventKey,
  ],
  ['no value', record('MODIFY', { OldImage: item({ N: '1' }), NewImage: Keys }), eventKey],
  ['a deleted event', record('REMOVE', { OldImage: item({ N: '1' }) }), eventKey],
  ['a deleted event in a stream of new images', record('REMOVE', {}), eventKey],
  [
    'an event deleted by a user',
    record('REMOVE', { OldImage: item({ N: '1' }) }, { userIdentity: { principalId: 'AIDA', type: 'User' } }),
    eventKey,
  ],
  [
    'a deleted item whose key has no time',
    {
      eventName: 'REMOVE',
      dynamodb: { Keys: { ...Keys, eventKey: { S: 'note' } }, OldImage: item({ N: '1' }) },
    },
    undefined,
  ],
  ['an expired event', record('REMOVE', { OldImage: item({ N: '1' }) }, ofTimeToLive), undefined],
])('what is deleted or corrected: %s', (_, given, key) => {
  expect(amendedBy(given)).toBe(key);
});

test('all of it in a batch is one wave without events, from the first to the last', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (keys) => {
      const sorted = keys.toSorted(compareEventKeys);
      const [oldest, closing] = [sorted.at(0), sorted.at(-1)];
      expect(waveOfAmendments(keys)).toEqual(keys.length === 0 ? [] : [{ oldest, closing, count: 0 }]);
    }),
  );
});
