import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutRecordCommand } from '@aws-sdk/client-kinesis';
import dynamoStore from 'dynalite/db/index.js';
import kinesisStore from 'kinesalite/db/index.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Backend, startBackend } from '../../../local/backend.ts';
import { names } from '../../../local/resources.ts';
import { useFolder } from '../../use/folder.ts';

const folder = useFolder('for each test');
let backend: Backend;

type Store = Record<'db' | 'metaDb', { put: unknown }>;
/** The stores that the emulators create. */
let stores: Record<'kinesis' | 'dynamoDb', Store>;

beforeEach(async () => {
  const creating = { kinesis: vi.spyOn(kinesisStore, 'create'), dynamoDb: vi.spyOn(dynamoStore, 'create') };
  backend = await startBackend({ folder });
  const created = (spy: { mock: { results: readonly { value: unknown }[] } }) =>
    spy.mock.results[0]?.value as Store;
  stores = { kinesis: created(creating.kinesis), dynamoDb: created(creating.dynamoDb) };
  for (const spy of Object.values(creating)) spy.mockRestore();
});
afterEach(() => backend.close());

const put = {
  kinesis: () =>
    backend.clients.kinesis.send(
      new PutRecordCommand({ StreamName: names.stream, PartitionKey: 'key', Data: Buffer.from('data') }),
    ),
  dynamoDb: () =>
    backend.clients.dynamoDb.send(
      new PutItemCommand({
        TableName: names.eventsTable,
        Item: { seriesId: { S: 'series' }, eventKey: { S: 'event' } },
      }),
    ),
} as const;

/** Lets every write of a database fail. */
function failWrites(of: 'kinesis' | 'dynamoDb', message: string): void {
  const database = of === 'kinesis' ? stores.kinesis.metaDb : stores.dynamoDb.db;
  database.put = (_key: string, _value: unknown, done: (error: Error) => void) => done(new Error(message));
}

test.each(['kinesis', 'dynamoDb'] as const)(
  'a full disk under %s is told once, with what to do',
  async (of) => {
    failWrites(of, 'IO error: 000007.log: No space left on device');
    await expect(put[of]()).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    await expect(backend.broken).rejects.toThrow(
      `cannot go on with the data in ${folder}: IO error: 000007.log: No space left on device; make room on its disk, and start again`,
    );
  },
);

test.each(['kinesis', 'dynamoDb'] as const)('a damaged file under %s is told', async (of) => {
  failWrites(of, 'Corruption: block checksum mismatch');
  await expect(put[of]()).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
  await expect(backend.broken).rejects.toThrow('look at its disk, and start again');
});

test.each(['kinesis', 'dynamoDb'] as const)(
  'a request that fails alone under %s does not break it',
  async (of) => {
    const broken = vi.fn();
    backend.broken.catch(broken);
    failWrites(of, 'something else');
    await expect(put[of]()).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    expect(broken).not.toHaveBeenCalled();
  },
);
