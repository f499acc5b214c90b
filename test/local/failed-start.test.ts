import { once } from 'node:events';
import { mkdirSync, readdirSync, readlinkSync, rmdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { PutRecordCommand } from '@aws-sdk/client-kinesis';
import { expect, test } from 'vitest';
import { deploymentLimits } from '../../lib/deployment-limits.ts';
import { startBackend } from '../../local/backend.ts';
import { startDynamoDb } from '../../local/emulators/dynamodb.ts';
import { startKinesis } from '../../local/emulators/kinesis.ts';
import { startMessaging } from '../../local/emulators/messaging.ts';
import { startPipeline } from '../../local/pipeline.ts';
import { names } from '../../local/resources.ts';
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

// The next version looks for them there.
test('a backend keeps what each emulator holds in a folder of its own, beside the note of its owner', async () => {
  const backend = await startBackend({ folder });
  expect(readdirSync(folder).sort()).toEqual(['dynamodb', 'kinesis', 'messaging', 'owner']);
  expect(readdirSync(join(folder, 'messaging'))).toEqual(['journal.jsonl']);
  await backend.close();
  expect(readdirSync(folder).sort()).toEqual(['dynamodb', 'kinesis', 'messaging']);
});

test('a pipeline of which a later part does not start leaves no earlier one at work, and says why', async () => {
  const backend = await startBackend();
  const detector = {
    ...deploymentLimits.detector,
    mapping: { ...deploymentLimits.detector.mapping, parallelizationFactor: 11 },
  };
  const reports: unknown[] = [];
  const failing = startPipeline({
    backend: { ...backend, close: () => Promise.reject(new Error('not closed')) },
    limits: { ...deploymentLimits, detector },
    report: (entry) => reports.push(entry),
  });
  await expect(failing).rejects.toThrow('parallelizationFactor');
  const pipeline = await startPipeline({ backend, report() {} });
  const put = { StreamName: names.stream, PartitionKey: 'p', Data: Buffer.from('none') };
  await backend.clients.kinesis.send(new PutRecordCommand(put));
  await pipeline.recorder.doneWith(1);
  await pipeline.close();
  expect(reports).toEqual([]);
});
