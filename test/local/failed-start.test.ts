import { once } from 'node:events';
import { mkdirSync, readdirSync, readlinkSync, rmdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startBackend } from '../../local/backend.ts';
import { startDynamoDb } from '../../local/emulators/dynamodb.ts';
import { startKinesis } from '../../local/emulators/kinesis.ts';
import { startMessaging } from '../../local/emulators/messaging.ts';
import { useFolder } from '../use/folder.ts';

const folder = useFolder('for each test');

/** The files under the folder that this process has open; none are told where the system does not tell. */
function openFiles(): readonly string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc/self/fd')
    .flatMap((descriptor) => {
      try {
        return [readlinkSync(`/proc/self/fd/${descriptor}`)];
      } catch {
        // That of the reading of this list.
        return [];
      }
    })
    .filter((path) => path.startsWith(folder));
}

test.each([
  ['Kinesis', startKinesis],
  ['DynamoDB', startDynamoDb],
  ['messaging', startMessaging],
] as const)(
  '%s that cannot have its port leaves nothing open, and can be started again',
  async (_, start) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(start({ port, folder })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(openFiles()).toEqual([]);
    await (await start({ folder })).close();
    other.close();
  },
);

test('a backend that cannot note its owner leaves nothing open, and can be started again', async () => {
  const owner = join(folder, 'owner');
  mkdirSync(owner);
  await expect(startBackend({ folder })).rejects.toThrow('owner');
  expect(openFiles()).toEqual([]);
  rmdirSync(owner);
  await (await startBackend({ folder })).close();
});
