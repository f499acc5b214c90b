import { expect, test } from 'vitest';
import { checkKinesis } from '../../../local/emulators/check-kinesis.ts';

const answerTo = (operation: string, body: string) =>
  checkKinesis(
    {
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `Kinesis_20131202.${operation}`,
      },
    },
    Buffer.from(body),
  );

test('a token for more shards is refused, since no answer has one; a first request is not, nor another operation', () => {
  expect(answerTo('ListShards', '{"NextToken":"AAAA"}')).toMatchObject({
    status: 400,
    type: 'InvalidArgumentException',
  });
  expect(answerTo('ListShards', '{"StreamName":"s"}')).toBeUndefined();
  expect(answerTo('ListShards', '{"StreamName":"s","NextToken":null}')).toBeUndefined();
  expect(answerTo('ListShards', '{"StreamName":"the \\"NextToken\\""}')).toBeUndefined();
  expect(answerTo('ListStreams', '{"NextToken":"AAAA"}')).toBeUndefined();
  expect(answerTo('ListShards', 'null')).toMatchObject({ type: 'SerializationException' });
});

test('of a call in CBOR nothing is told, nor of a call whose name only looks so', () => {
  const body = Buffer.from('{"NextToken":"AAAA"}');
  const headers = {
    'content-type': 'application/x-amz-cbor-1.1',
    'x-amz-target': 'Kinesis_20131202.ListShards',
  };
  expect(checkKinesis({ headers }, Buffer.from([0xbf, 0xff]))).toBeUndefined();
  for (const target of ['Kinesis_20131202.ListShardsToo', 'Kinesis_20131202.NotListShards', undefined])
    expect(checkKinesis({ headers: { ...headers, 'x-amz-target': target } }, body)).toBeUndefined();
});
