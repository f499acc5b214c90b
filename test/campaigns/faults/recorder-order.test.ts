import { expect, test } from 'vitest';
import { kinesisRecord } from '../../lambda/kinesis-record.ts';
import type { Call } from './call.ts';
import { eventTimeOf, keyOf } from './producer.ts';
import { touchedAfterFailure } from './recorder-order.ts';

const instance = { name: 'recorder 1', alive: true, died: false };
const records = ['a', 'b', 'c'].map((seriesId, index) =>
  kinesisRecord(`${index}`, JSON.stringify({ seriesId, timestamp: eventTimeOf(0) })),
);
const write = (...series: readonly string[]): Call => {
  const subjects = series.map((seriesId) => `${seriesId} ${keyOf(0)}`);
  return {
    instance,
    invocation: 1,
    request: 'r',
    target: 'write',
    subjects,
    effective: subjects,
    answered: true,
    claims: false,
  };
};

test.each([
  ['nothing failed', undefined, [write('a'), write('b'), write('c')], 0],
  ['what came before is done', '1', [write('a'), { ...write('b'), effective: [] }], 0],
  [
    'one call held the failed one and a later one',
    '0',
    [{ ...write('a', 'b'), effective: write('b').subjects }],
    0,
  ],
  ['a later one was written by a call of its own', '0', [{ ...write('a'), effective: [] }, write('c')], 1],
  [
    'a later one was set aside',
    '1',
    [{ ...write('b'), subjects: ['quarantine/shardId-000000000000/2.json'], effective: ['x'] }],
    1,
  ],
  [
    'a later one was written together with the failed one, after that had failed',
    '0',
    [
      { ...write('a'), effective: [] },
      { ...write('a', 'b', 'c'), effective: write('b', 'c').subjects },
    ],
    2,
  ],
  [
    'the call was repeated with what it left',
    '0',
    [
      { ...write('a', 'b', 'c'), effective: write('b').subjects },
      { ...write('a', 'c'), effective: write('c').subjects },
    ],
    0,
  ],
  [
    'an earlier call lost its answer and went well when it was repeated',
    '1',
    [{ ...write('a', 'b'), answered: false }, write('a', 'b'), { ...write('b'), effective: [] }],
    0,
  ],
  [
    'an earlier record held the same event, and that went well',
    '1',
    [write('b'), { ...write('b', 'c'), effective: write('c').subjects }, { ...write('b'), effective: [] }],
    0,
  ],
  ['the failed one is of another batch', '7', [], 1],
])('%s', (_, failed, log, wrong) => {
  const result = { batchItemFailures: failed === undefined ? [] : [{ itemIdentifier: failed }] };
  const recordings = [{ event: { Records: records }, instance, invocation: 1, result }];
  expect(touchedAfterFailure({ log, recordings })).toHaveLength(wrong);
});
