import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runHere } from './in-process.ts';

/** Takes connections and never answers. */
let silent: Server;
let endpoint: string;
beforeAll(async () => {
  silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
});
afterAll(() => silent.close());

test.each([['series'], ['history', 'boiler-7'], ['quarantine', 'list'], ['quarantine', 'show', 'key']])(
  'Ctrl-C stops aed %s %s while a service does not answer',
  async (...words) => {
    const args = [...words.filter((word) => word !== undefined), '--endpoint', endpoint];
    const signal = AbortSignal.timeout(300);
    expect(await runHere(args, { signal })).toEqual({ code: 130, out: '', error: 'stopped\n' });
  },
);

test('Ctrl-C stops aed detect while nothing comes on standard input, and lets go of it', async () => {
  const input = new Readable({ read() {} });
  const signal = AbortSignal.timeout(300);
  expect(await runHere(['detect', '-'], { input, signal })).toEqual({
    code: 130,
    out: '',
    error: 'stopped\n',
  });
  expect(input.destroyed).toBe(true);
});
