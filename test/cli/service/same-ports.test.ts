import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { useRuntimeFolder } from '../../use/folder.ts';
import { startLocal } from '../local-service.ts';

useRuntimeFolder();

/** A port that is free now, or 0 for any. */
async function freePort(port: number): Promise<number | undefined> {
  const server = createServer();
  const listening = once(server, 'listening').catch(() => undefined);
  server.listen(port, '127.0.0.1');
  if ((await listening) === undefined) return undefined;
  const { port: found } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return found;
}

/** The first of five ports that are free now. */
async function freePorts(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const first = (await freePort(0)) ?? 0;
    const next =
      first > 65_531 ? [undefined] : await Promise.all([1, 2, 3, 4].map((n) => freePort(first + n)));
    if (!next.includes(undefined)) return first;
  }
  throw new Error('no five ports in a row are free');
}

test('with --port every address is the same at each start', async () => {
  const first = await freePorts();
  const at = (offset: number) => `http://127.0.0.1:${first + offset}`;
  for (let start = 0; start < 2; start++) {
    const local = await startLocal('--port', String(first));
    const addresses = Object.entries(local.environment).filter(([, value]) => value.startsWith('http'));
    expect(Object.fromEntries(addresses)).toEqual({
      AWS_ENDPOINT_URL_KINESIS: at(0),
      AWS_ENDPOINT_URL_DYNAMODB: at(1),
      AWS_ENDPOINT_URL_SNS: at(2),
      AWS_ENDPOINT_URL_SQS: at(2),
      AWS_ENDPOINT_URL_S3: at(2),
      AWS_ENDPOINT_URL_LAMBDA: at(4),
    });
    expect(new URL(local.state.page ?? '').port).toBe(String(first + 3));
    await local.end('SIGTERM');
  }
});
