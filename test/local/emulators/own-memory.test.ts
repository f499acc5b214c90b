import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { buildApp } from 'fauxqs';
import { expect, test } from 'vitest';
import { keepOwnMemory } from '../../../local/emulators/own-memory.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

interface Form {
  readonly kept: string;
}

/** An application that keeps the bodies of requests. */
function keepingApp() {
  const app = buildApp({ logger: false });
  const bodies: unknown[] = [];
  keepOwnMemory(app);
  app.addHook('preHandler', async ({ body }: { body: unknown }) => {
    bodies.push(body);
  });
  const put = (payload: Buffer) => app.inject({ method: 'PUT', url: '/bucket/key', payload });
  const post = (form: URLSearchParams) =>
    app.inject({
      method: 'POST',
      url: '/',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: form.toString(),
    });
  const call = (body: object) =>
    app.inject({
      method: 'POST',
      url: '/',
      headers: { 'content-type': 'application/x-amz-json-1.0' },
      payload: JSON.stringify(body),
    });
  return { app, bodies, put, post, call };
}

test('an object of any size keeps a buffer of its own size', async () => {
  const { bodies, put } = keepingApp();
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 5_000 }), async (bytes) => {
      await put(Buffer.from(bytes));
      const body = bodies.pop() as Buffer;
      expect(Uint8Array.from(body)).toEqual(bytes);
      expect(body.buffer.byteLength).toBe(bytes.length);
    }),
    { numRuns: 20 },
  );
});

/** What 50 fields that are kept of bodies take, each of which has 100 kB more. */
async function bytesKept(
  send: (body: { others: string; kept: string }) => Promise<unknown>,
  bodies: unknown[],
) {
  const kept: string[] = [];
  const others = 'a'.repeat(100_000);
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let count = 0; count < 50; count++) {
    await send({ others, kept: `a-text-of-some-length-${count}` });
    kept.push((bodies.pop() as Form).kept);
  }
  collect();
  expect(kept.at(-1)).toBe('a-text-of-some-length-49');
  return process.memoryUsage().heapUsed - before;
}

test('a field that is kept of a form does not keep the form', async () => {
  const { bodies, post } = keepingApp();
  expect(await bytesKept((form) => post(new URLSearchParams(form)), bodies)).toBeLessThan(2_500_000);
});

test('a field that is kept of JSON does not keep the rest either', async () => {
  const { bodies, call } = keepingApp();
  expect(await bytesKept(call, bodies)).toBeLessThan(2_500_000);
});

test('a request without a body is answered, whatever it says that its body is', async () => {
  const { bodies, app } = keepingApp();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  expect((await app.inject({ method: 'GET', url: '/health', headers })).statusCode).toBe(200);
  expect(bodies).toEqual([undefined]);
});
