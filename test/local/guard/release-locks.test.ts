import { DescribeStreamCommand, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { expect, test } from 'vitest';
import { names } from '../../../local/resources.ts';
import { useBackend } from '../../use/backend.ts';

const backend = useBackend();

/** A PutRecords in CBOR with a null among its records: kinesalite throws while it holds the lock of the stream. */
const nullAmongRecords = Buffer.from('\u00a2jStreamNamekaed-recordsgRecords\u0081\u00f6', 'latin1');

function putNull(): Promise<Response> {
  const headers = {
    'content-type': 'application/x-amz-cbor-1.1',
    'x-amz-target': 'Kinesis_20131202.PutRecords',
    'x-amz-date': '20260101T000000Z',
    authorization: 'AWS4-HMAC-SHA256 Credential=a, SignedHeaders=b, Signature=c',
  };
  return fetch(backend.endpoints.kinesis, { method: 'POST', headers, body: nullAmongRecords });
}

test('a request that fails while it holds a lock leaves it to those that wait, each with its own answer', async () => {
  const { kinesis } = backend.clients;
  const put = () =>
    kinesis.send(
      new PutRecordCommand({ StreamName: names.stream, PartitionKey: 'a', Data: Buffer.from('x') }),
    );
  const all = await Promise.all([put(), putNull(), put(), putNull(), putNull(), put()]);
  expect(all.map((answer) => (answer instanceof Response ? answer.status : 'put'))).toEqual([
    'put',
    400,
    'put',
    400,
    400,
    'put',
  ]);
  const described = await kinesis.send(new DescribeStreamCommand({ StreamName: names.stream }));
  expect(described.StreamDescription?.StreamStatus).toBe('ACTIVE');
});
