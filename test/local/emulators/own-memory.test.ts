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
  return { bodies, put, post };
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

test('a field that is kept of a form does not keep the form', async () => {
  const { bodies, post } = keepingApp();
  const kept: string[] = [];
  const others = 'a'.repeat(100_000);
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let count = 0; count < 50; count++) {
    await post(new URLSearchParams({ others, kept: `a-text-of-some-length-${count}` }));
    kept.push((bodies.pop() as Form).kept);
  }
  collect();
  expect(kept.at(-1)).toBe('a-text-of-some-length-49');
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(2_500_000);
});
