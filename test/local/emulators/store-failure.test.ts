import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateStreamCommand, PutRecordCommand, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import dynamoStore from 'dynalite/db/index.js';
import kinesisStore from 'kinesalite/db/index.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Backend, startBackend } from '../../../local/backend.ts';
import { names } from '../../../local/resources.ts';
import { useFolder } from '../../use/folder.ts';

const folder = useFolder('for each test');
let backend: Backend;

type Kind = 'kinesis' | 'dynamoDb';
const kinds = ['kinesis', 'dynamoDb'] as const;

/** What each write of a database fails with, as long as there is an error. */
const failures = new Map<Kind, Error>();

type Write = (this: unknown, ...args: unknown[]) => unknown;

/** Lets the writes of a part of a database fail. */
function onDisk<Part extends object>(part: Part, of: Kind): Part {
  const methods = part as Record<string, Write | undefined>;
  for (const name of ['put', 'del', 'batch']) {
    const write = methods[name];
    if (write === undefined) continue;
    methods[name] = function (...args) {
      const failure = failures.get(of);
      if (failure === undefined) return write.apply(this, args);
      return (args.at(-1) as (error: Error) => void)(failure);
    };
  }
  return part;
}

beforeEach(async () => {
  failures.clear();
  const [createKinesis, createDynamo] = [kinesisStore.create, dynamoStore.create];
  vi.spyOn(kinesisStore, 'create').mockImplementation((options) => {
    const store = createKinesis(options);
    onDisk(store.metaDb, 'kinesis');
    onDisk(store.getStreamDb(names.stream), 'kinesis');
    return store;
  });
  vi.spyOn(dynamoStore, 'create').mockImplementation((options) => {
    const store = createDynamo(options);
    onDisk(store.db, 'dynamoDb');
    return store;
  });
  backend = await startBackend({ folder });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await backend.close();
});

const record = { PartitionKey: 'key', Data: Buffer.from('data') };
const Key = { seriesId: { S: 'series' }, eventKey: { S: 'event' } };
const TableName = names.eventsTable;

const put = {
  kinesis: () => backend.clients.kinesis.send(new PutRecordCommand({ StreamName: names.stream, ...record })),
  dynamoDb: () => backend.clients.dynamoDb.send(new PutItemCommand({ TableName, Item: Key })),
} as const;

const otherWrites = {
  kinesis: [
    () =>
      backend.clients.kinesis.send(new PutRecordsCommand({ StreamName: names.stream, Records: [record] })),
    () => backend.clients.kinesis.send(new CreateStreamCommand({ StreamName: 'new', ShardCount: 1 })),
  ],
  dynamoDb: [
    () =>
      backend.clients.dynamoDb.send(
        new UpdateItemCommand({
          TableName,
          Key,
          UpdateExpression: 'SET a = :a',
          ExpressionAttributeValues: { ':a': { S: '' } },
        }),
      ),
    () => backend.clients.dynamoDb.send(new DeleteItemCommand({ TableName, Key })),
  ],
} as const;

const refused = { $metadata: { httpStatusCode: 500 } };
const noSpace = 'IO error: 000007.log: No space left on device';

test.each(kinds)('a full disk under %s is told once, with what to do', async (of) => {
  failures.set(of, new Error(noSpace));
  await expect(put[of]()).rejects.toMatchObject(refused);
  await expect(backend.broken).rejects.toThrow(
    `cannot go on with the data in ${folder}: ${noSpace}; make room on its disk, and start again`,
  );
});

// LevelDB would take it, and lose it at its next start.
test.each(kinds)('once a write under %s has failed no other is taken, though there is room', async (of) => {
  await put[of]();
  failures.set(of, new Error(noSpace));
  await expect(put[of]()).rejects.toMatchObject(refused);
  failures.clear();
  for (const write of [put[of], ...otherWrites[of]]) await expect(write()).rejects.toMatchObject(refused);
});

test.each(kinds)('a damaged file under %s is told', async (of) => {
  failures.set(of, new Error('Corruption: block checksum mismatch'));
  await expect(put[of]()).rejects.toMatchObject(refused);
  await expect(backend.broken).rejects.toThrow('look at its disk, and start again');
});

test.each(kinds)('a request that fails alone under %s does not break it', async (of) => {
  const broken = vi.fn();
  backend.broken.catch(broken);
  failures.set(of, new Error('something else'));
  await expect(put[of]()).rejects.toMatchObject(refused);
  failures.clear();
  await put[of]();
  expect(broken).not.toHaveBeenCalled();
});
