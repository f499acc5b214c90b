import {
  ExpiredIteratorException,
  InvalidArgumentException,
  type KinesisClient,
  ProvisionedThroughputExceededException,
} from '@aws-sdk/client-kinesis';
import { expect, test } from 'vitest';
import { kinesisSource } from '../../local/event-source-mapping/kinesis-source.ts';
import type { StartingPosition } from '../../local/event-source-mapping/source.ts';

const about = { message: 'no', $metadata: {} };
const invalid = new InvalidArgumentException(about);
const throttled = new ProvisionedThroughputExceededException(about);
const expired = new ExpiredIteratorException(about);

type Answer = object | Error;
interface Command {
  readonly constructor: { readonly name: string };
  readonly input: {
    readonly StartingSequenceNumber?: string;
    readonly ShardIteratorType?: string;
    readonly Limit?: number;
  };
}

/** A stream that answers with these in turn, and notes what it is asked. */
function open(answers: readonly Answer[], last?: string, position: StartingPosition = 'TRIM_HORIZON') {
  const left = [...answers];
  const asked: string[] = [];
  const send = async ({ constructor: { name }, input }: Command) => {
    const { ShardIteratorType: type, StartingSequenceNumber: after = '', Limit = '' } = input;
    asked.push(name === 'GetRecordsCommand' ? `read ${Limit}` : `${type} ${after}`.trim());
    const answer = left.shift();
    if (answer instanceof Error) throw answer;
    return answer ?? {};
  };
  const checkpoints = { last: () => last, save() {} };
  const source = kinesisSource({ send } as unknown as KinesisClient, 'records', 'arn', checkpoints);
  return { asked, opening: source.open('shard', position) };
}

const iterator = { ShardIterator: 'iterator' };
const record = (SequenceNumber: string) => ({ Records: [{ SequenceNumber }], NextShardIterator: 'next' });

test.each<[string, string | undefined, StartingPosition, string]>([
  ['its checkpoint', '7', 'TRIM_HORIZON', 'AFTER_SEQUENCE_NUMBER 7'],
  ['its checkpoint, wherever a new one starts', '7', 'LATEST', 'AFTER_SEQUENCE_NUMBER 7'],
  ['its oldest record without one', undefined, 'TRIM_HORIZON', 'TRIM_HORIZON'],
  ['its latest record without one', undefined, 'LATEST', 'LATEST'],
])('a shard is read from %s on', async (_, last, position, expected) => {
  const { opening, asked } = open([iterator], last, position);
  expect((await opening).ended).toBe(false);
  expect(asked).toEqual([expected]);
});

test('a checkpoint that the stream does not know is passed over, for good', async () => {
  const { opening, asked } = open([invalid, iterator, expired, iterator], '7');
  expect(await (await opening).read(10)).toEqual([]);
  const anew = 'TRIM_HORIZON';
  expect(asked).toEqual(['AFTER_SEQUENCE_NUMBER 7', anew, 'read 10', anew]);
});

// To begin anew would record all that the stream holds once more.
test('a checkpoint is not passed over because the stream answers anything else', async () => {
  const { opening, asked } = open([throttled], '7');
  await expect(opening).rejects.toBe(throttled);
  expect(asked).toEqual(['AFTER_SEQUENCE_NUMBER 7']);
});

test.each([invalid, throttled])('a shard without a checkpoint is asked for once: %s', async (error) => {
  const { opening, asked } = open([error]);
  await expect(opening).rejects.toBe(error);
  expect(asked).toHaveLength(1);
});

test.each([expired, invalid])(
  'a reader goes on after its last record when its iterator is refused: %s',
  async (refused) => {
    const { opening, asked } = open([iterator, record('8'), refused, iterator, record('9')], '7');
    const reader = await opening;
    const read = [await reader.read(1), await reader.read(2), await reader.read(20_000)];
    expect(read.map((records) => records.map(({ sequenceNumber }) => sequenceNumber))).toEqual([
      ['8'],
      [],
      ['9'],
    ]);
    // https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html: 10,000 at most
    const after = (sequenceNumber: string) => `AFTER_SEQUENCE_NUMBER ${sequenceNumber}`;
    expect(asked).toEqual([after('7'), 'read 1', 'read 2', after('8'), 'read 10000']);
  },
);

test('what else a read fails with is thrown', async () => {
  const { opening } = open([iterator, throttled]);
  await expect((await opening).read(1)).rejects.toBe(throttled);
});

test('a shard has ended when no iterator follows, and is asked for no more', async () => {
  const { opening, asked } = open([iterator, { Records: [], NextShardIterator: undefined }]);
  const reader = await opening;
  expect([await reader.read(1), reader.ended, await reader.read(1)]).toEqual([[], true, []]);
  expect(asked).toEqual(['TRIM_HORIZON', 'read 1']);
});
