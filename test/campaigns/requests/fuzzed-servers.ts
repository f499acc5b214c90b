import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, PutItemCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { GetShardIteratorCommand, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { CreateBucketCommand, CreateMultipartUploadCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { startBackend } from '../../../local/backend.ts';
import { startPipeline } from '../../../local/pipeline.ts';
import { names, subscribeQueue } from '../../../local/resources.ts';
import { startLivePage } from '../../../web/server/live-page.ts';
import type { ServerName } from './example.ts';
import { bodyOfFuzzed, type FuzzedRequest } from './mutations.ts';

/** The emulators and servers of a local service, to be sent anything. */
export interface FuzzedServers {
  /** @returns the status of the answer @throws Error if there is none in time */
  send(fuzzed: FuzzedRequest): Promise<number>;
  close(): Promise<void>;
}

const longestMs = 10_000;

/**
 * Emulators by themselves, so that a deleted stream stops no function; and a pipeline for its functions and its page.
 *
 * @param isKept - whether the emulators keep their data in a folder, which is opened once more at the end
 */
export async function startFuzzedServers(isKept: boolean): Promise<FuzzedServers> {
  const kept = isKept ? { folder: await mkdtemp(join(tmpdir(), 'aed-fuzzed-')) } : {};
  const [backend, pipeline] = await Promise.all([startBackend(kept), startPipeline({ report() {} })]);
  const page = await startLivePage({ pipeline });
  const known = await prepare(backend);
  const { kinesis, dynamoDb, messaging } = backend.endpoints;
  const urls: Record<ServerName, string> = {
    kinesis,
    dynamoDb,
    messaging,
    lambda: pipeline.lambdaEndpoint,
    page: page.url,
  };
  const agent = new Agent({ keepAlive: true });
  const filled = (text: string) => text.replace(/\$([A-Z]+)/g, (whole, name) => known[name] ?? whole);

  return {
    async send(fuzzed) {
      const { example, header, pathEdit } = fuzzed;
      const isCbor = example.headers['content-type']?.includes('cbor') ?? false;
      const body = Buffer.from(filled(bodyOfFuzzed(fuzzed)), isCbor ? 'latin1' : 'utf8');
      const headers: Record<string, string> = {
        ...example.headers,
        'content-length': String(body.length),
      };
      if (header !== undefined) delete headers[header[0]];
      if (header?.[1] !== undefined) headers[header[0]] = header[1];
      const path = filled(example.path);
      const at = Math.min(pathEdit?.[0] ?? 0, path.length);
      const sent = request(urls[example.server], {
        agent,
        method: example.method,
        path: `/${`${path.slice(0, at)}${pathEdit?.[1] ?? ''}${path.slice(at)}`.replace(/^\//, '')}`,
        headers,
        signal: AbortSignal.timeout(longestMs),
      });
      sent.end(body);
      const [response] = await once(sent, 'response');
      // The live page goes on for ever.
      if (response.headers['content-type']?.startsWith('text/event-stream')) response.destroy();
      else for await (const _ of response);
      return response.statusCode ?? 0;
    },
    async close() {
      agent.destroy();
      await page.close();
      await Promise.all([backend.close(), pipeline.close()]);
      if (kept.folder === undefined) return;
      await (await startBackend(kept)).close();
      await rm(kept.folder, { recursive: true });
    },
  };
}

/** Something for every operation to work on. */
async function prepare({ clients, resources }: Awaited<ReturnType<typeof startBackend>>) {
  const { kinesis, dynamoDb, sqs, s3 } = clients;
  const put = await kinesis.send(
    new PutRecordCommand({ StreamName: names.stream, PartitionKey: 'a', Data: Buffer.from('{}') }),
  );
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({
      StreamName: names.stream,
      ShardId: put.ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    }),
  );
  const text = (name: string) => ({ AttributeName: name, AttributeType: 'S' as const });
  await dynamoDb.send(
    new CreateTableCommand({
      TableName: 'items',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [text('id')],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  await dynamoDb.send(
    new CreateTableCommand({
      TableName: 'ranged',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [text('id'), text('place')],
      KeySchema: [
        { AttributeName: 'id', KeyType: 'HASH' },
        { AttributeName: 'place', KeyType: 'RANGE' },
      ],
    }),
  );
  for (const TableName of ['items', 'ranged'])
    await waitUntilTableExists({ client: dynamoDb, maxWaitTime: 10, minDelay: 1 }, { TableName });
  await dynamoDb.send(
    new PutItemCommand({ TableName: 'ranged', Item: { id: { S: 'a' }, place: { S: '2' } } }),
  );
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'queue' }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  const { subscriptionArn } = await subscribeQueue(clients, resources.topicArn, 'subscribed');
  await s3.send(new CreateBucketCommand({ Bucket: 'files' }));
  await s3.send(new PutObjectCommand({ Bucket: 'files', Key: 'a', Body: 'kept' }));
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket: 'files', Key: 'b' }));
  const known: Record<string, string | undefined> = {
    ITERATOR: ShardIterator,
    SEQUENCE: put.SequenceNumber,
    QUEUE: QueueUrl,
    RECEIPT: Messages?.[0]?.ReceiptHandle,
    TOPIC: resources.topicArn,
    SUBSCRIPTION: subscriptionArn,
    UPLOAD: UploadId,
  };
  return known;
}
