import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { localIdentity } from '../../local/clients.ts';
import type { Emulator } from '../../local/emulators/emulator.ts';
import { startLambdaEndpoint } from '../../local/lambda-endpoint.ts';
import { isProven, newSecret, proofPath } from '../../local/proof.ts';

const secret = newSecret();
let endpoint: Emulator;
const ran = vi.fn();
let client: LambdaClient;

beforeAll(async () => {
  const functions = {
    counts: {
      handler: async ({ Records }: { Records: never[] }) => ({ count: Records.length }),
      timeoutSeconds: 60,
    },
    throws: { handler: () => Promise.reject(new TypeError('no such thing')), timeoutSeconds: 60 },
    hangs: { handler: () => new Promise(() => {}), timeoutSeconds: 0.01 },
    recalls: { handler: async ({ Records }: { Records: never[] }) => ran(Records), timeoutSeconds: 60 },
    silent: { handler: async () => undefined, timeoutSeconds: 60 },
  };
  endpoint = await startLambdaEndpoint(functions, secret);
  client = new LambdaClient({ ...localIdentity, endpoint: endpoint.endpoint, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await endpoint.close();
});

async function invoke(FunctionName: string, Payload = '{"Records":[1,2,3]}') {
  const {
    StatusCode,
    FunctionError,
    Payload: answer,
  } = await client.send(new InvokeCommand({ FunctionName, Payload }));
  return { StatusCode, FunctionError, answer: JSON.parse(Buffer.from(answer ?? []).toString()) };
}

test.each([
  ['its name', 'counts'],
  ['its name and version', 'counts:$LATEST'],
  ['its ARN', 'arn:aws:lambda:us-east-1:000000000000:function:counts'],
  ['its ARN with a version', 'arn:aws:lambda:us-east-1:000000000000:function:counts:$LATEST'],
])('a function is called by %s', async (_, name) => {
  expect(await invoke(name)).toEqual({ StatusCode: 200, FunctionError: undefined, answer: { count: 3 } });
});

test('a function is called by its name and a qualifier, and by nothing else in the address', async () => {
  const at = (address: string) =>
    fetch(endpoint.endpoint + address, { method: 'POST', body: '{"Records":[1]}' });
  const path = '/2015-03-31/functions/counts/invocations';
  expect(await (await at(`${path}?Qualifier=%24LATEST`)).json()).toEqual({ count: 1 });
  for (const wrong of [
    `${path}/more`,
    `/more${path}`,
    '/2015-03-31/functions//invocations',
    '/2015-03-31/functions/counts',
  ])
    expect((await at(wrong)).status).toBe(404);
});

test.each([
  ['that throws', 'throws', '{"Records":[]}', { errorType: 'TypeError', errorMessage: 'no such thing' }],
  ['that takes too long', 'hangs', '{"Records":[]}', { errorType: 'FunctionTimeoutError' }],
  ['given an event that is none', 'counts', 'null', { errorType: 'TypeError' }],
])('a function %s is an unhandled error', async (_, name, payload, answer) => {
  expect(await invoke(name, payload)).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled', answer });
});

test('a dry run does not run a function; one for an event is answered before it has run, and whether it fails or not', async () => {
  const call = async (FunctionName: string, InvocationType: 'DryRun' | 'Event') => {
    const Payload = JSON.stringify({ Records: [InvocationType] });
    return (await client.send(new InvokeCommand({ FunctionName, InvocationType, Payload }))).StatusCode;
  };
  expect(await call('recalls', 'DryRun')).toBe(204);
  for (const name of ['throws', 'hangs', 'recalls']) expect(await call(name, 'Event')).toBe(202);
  await expect.poll(() => ran.mock.calls).toEqual([[['Event']]]);
  await expect(call('nobody', 'DryRun')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a function that answers nothing answers null', async () => {
  expect((await invoke('silent')).answer).toBeNull();
});

test.each([
  ['a name that nobody has', 'nobody', '{}', 'ResourceNotFoundException'],
  ['a name that every object has', 'constructor', '{}', 'ResourceNotFoundException'],
  ['a payload that is no JSON', 'counts', '{', 'InvalidRequestContentException'],
  ['a payload of more than 6 MiB', 'counts', `"${'x'.repeat(6 * 1024 * 1024)}"`, 'RequestTooLargeException'],
])('%s is refused', async (_, name, payload, error) => {
  await expect(invoke(name, payload)).rejects.toMatchObject({ name: error });
});

describe('proof of who it is', () => {
  test('it is given to who holds the same secret, and to nobody else', async () => {
    expect(await isProven(endpoint.endpoint, secret)).toBe(true);
    expect(await isProven(endpoint.endpoint, newSecret())).toBe(false);
  });

  test('an answer is to one question alone, and the secret is in none', async () => {
    const [one, other] = await Promise.all([proof(newSecret()), proof(newSecret())]);
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(one).not.toBe(other);
    expect(one).not.toContain(secret);
  });

  test.each(['', 'a', '../x', `${newSecret()}0`])('a question %j is none', async (question) => {
    expect((await fetch(endpoint.endpoint + proofPath + question)).status).toBe(404);
  });

  test('a server that answers anything else, or nothing, has not proven it', async () => {
    for (const answer of ['', secret, 'x'.repeat(64)]) {
      const server = createServer((_, response) => response.end(answer)).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      expect(await isProven(`http://127.0.0.1:${port}`, secret)).toBe(false);
      server.close();
      expect(await isProven(`http://127.0.0.1:${port}`, secret)).toBe(false);
    }
  });

  test('a server that answers without end has not proven it, and is listened to no longer', async () => {
    const server = createServer((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const left = once(server, 'request').then(([, response]) => once(response, 'close'));
    expect(await isProven(`http://127.0.0.1:${port}`, secret)).toBe(false);
    await left;
    server.close();
  });
});

async function proof(question: string): Promise<string> {
  return (await fetch(endpoint.endpoint + proofPath + question)).text();
}
