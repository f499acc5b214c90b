import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { bySeries } from '../../../lambda/detector/arrived-series.ts';
import { isDecidable } from '../../../lambda/detector/is-decidable.ts';
import { storedMemory } from '../../../lambda/detector/regime-memory.ts';
import { changePointKey } from '../../../lambda/tables/stored-change-point.ts';
import { aChangePoint } from '../a-change-point.ts';

const keyAt = (second: number) => `2026-01-01T00:00:0${second}.000Z#e`;
let sequence = 0;

/** A record of the events table's stream. */
function recordOf(
  seriesId: string,
  eventKey: string,
  {
    mark,
    old,
    eventName = 'INSERT',
  }: { mark?: string; old?: string; eventName?: DynamoDBRecord['eventName'] & string },
): DynamoDBRecord {
  const Keys = { seriesId: { S: seriesId }, eventKey: { S: eventKey } };
  const image = (value: string) => ({ ...Keys, value: { N: value } });
  return {
    eventName,
    dynamodb: {
      Keys,
      SequenceNumber: `${sequence++}`,
      ...(eventName !== 'REMOVE' && {
        NewImage: { ...image('1'), ...(mark !== undefined && { wave: { M: { id: { S: mark } } } }) },
      }),
      ...(old !== undefined && { OldImage: image(old) }),
    },
  };
}

const wave = (second: number, id: string) => ({
  closing: keyAt(second),
  oldest: keyAt(second),
  count: 1,
  id,
});

test('a batch has for each series its waves, in the order in which the series came', () => {
  sequence = 0;
  const arrived = bySeries([
    recordOf('b', keyAt(1), {}),
    recordOf('b', keyAt(2), { mark: 'x' }),
    recordOf('a', keyAt(1), { mark: 'y' }),
    recordOf('b', keyAt(3), { mark: 'z' }),
  ]);
  expect(arrived).toEqual([
    // The first record of it that is news.
    { seriesId: 'b', waves: [wave(2, 'x'), wave(3, 'z')], amended: [], firstSequenceNumber: '1' },
    { seriesId: 'a', waves: [wave(1, 'y')], amended: [], firstSequenceNumber: '2' },
  ]);
  expect(bySeries([])).toEqual([]);
});

test('what was deleted or corrected is one wave without events, behind the others', () => {
  sequence = 0;
  const arrived = bySeries([
    recordOf('a', keyAt(5), { old: '2', eventName: 'MODIFY' }),
    recordOf('a', keyAt(3), { old: '1', eventName: 'REMOVE' }),
    recordOf('a', keyAt(4), { mark: 'x', old: '7', eventName: 'MODIFY' }),
    recordOf('a', keyAt(6), { mark: 'y', old: '1', eventName: 'MODIFY' }),
  ]);
  expect(arrived).toEqual([
    {
      seriesId: 'a',
      waves: [wave(4, 'x'), wave(6, 'y'), { closing: keyAt(5), oldest: keyAt(3), count: 0 }],
      amended: [keyAt(5), keyAt(3), keyAt(4)],
      firstSequenceNumber: '0',
    },
  ]);
});

test('an item with a mark and without a time closes no wave', () => {
  expect(bySeries([recordOf('a', 'x', { mark: 'x' }), recordOf('a', 'x', { eventName: 'REMOVE' })])).toEqual(
    [],
  );
});

describe('a change point can be decided anew', () => {
  const found = aChangePoint({});
  const grounds = { after: keyAt(1), expiresAt: 7, ...memoryOf([1, 2, 3]) };
  const stored = { ...found, ...changePointKey(found), grounds };

  function memoryOf(values: readonly number[]) {
    const memory = storedMemory(values);
    return memory === undefined ? {} : { memory };
  }

  test.each<[string, object]>([
    ['as it was stored', {}],
    ['of the first regime of its series', { grounds: {} }],
    ['with a memory that is none: then it has no memory', { grounds: { ...grounds, memory: 'x' } }],
  ])('%s', (_, edits) => {
    expect(isDecidable({ ...stored, ...edits })).toBe(true);
  });

  test.each<[string, object]>([
    ['it has no grounds', { grounds: undefined }],
    ['its grounds are none', { grounds: 'x' }],
    ['its grounds are null', { grounds: null }],
    ['its regime starts nowhere', { grounds: { ...grounds, after: 5 } }],
    ['its expiry is no time', { grounds: { ...grounds, expiresAt: '7' } }],
    ['its options are none', { options: null }],
    ['its options break a rule', { options: { ...found.options, alpha: 7 } }],
    ['its level before is none', { before: null }],
    ['its level before begins nowhere', { before: { ...found.before, from: 5 } }],
  ])('unless %s', (_, edits) => {
    expect(isDecidable({ ...stored, ...edits })).toBe(false);
  });
});
