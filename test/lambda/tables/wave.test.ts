import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markOf, type Wave, type WaveMark, waveClosedBy } from '../../../lambda/tables/wave.ts';

/** A record of the table's stream, with the mark as DynamoDB's JSON. */
function recordOf(eventKey: string, mark?: WaveMark): DynamoDBRecord {
  const Keys = { seriesId: { S: 's' }, eventKey: { S: eventKey } };
  const M: Record<string, AttributeValue> = {
    ...(mark && { id: { S: mark.id } }),
    ...(mark?.oldest !== undefined && { oldest: { S: mark.oldest } }),
    ...(mark?.count !== undefined && { count: { N: String(mark.count) } }),
  };
  return { eventName: 'INSERT', dynamodb: { Keys, NewImage: { ...Keys, ...(mark && { wave: { M } }) } } };
}

const waves: fc.Arbitrary<Wave> = fc.oneof(
  fc.string({ minLength: 1 }).map((closing) => ({ closing, oldest: closing, count: 1 })),
  fc.record({ closing: fc.constant('b'), oldest: fc.constant('a'), count: fc.integer({ min: 2, max: 1e6 }) }),
);

test('a mark tells its wave, and with its item nothing else', () => {
  fc.assert(
    fc.property(waves, fc.uuid(), (wave, id) => {
      expect(waveClosedBy(recordOf(wave.closing, markOf(wave, id)))).toEqual({ ...wave, id: id.slice(0, 8) });
    }),
  );
});

test('the mark of a wave of one is an id alone: 18 bytes beside its item', () => {
  expect(markOf({ closing: 'k', oldest: 'k', count: 1 }, '0123456789abcdef')).toEqual({ id: '01234567' });
});

test('an item without a mark closes nothing, nor does a removal', () => {
  expect(waveClosedBy(recordOf('k'))).toBeUndefined();
  expect(waveClosedBy({ eventName: 'REMOVE', dynamodb: { Keys: { eventKey: { S: 'k' } } } })).toBeUndefined();
});
