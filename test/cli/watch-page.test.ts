import { beforeAll, expect, test } from 'vitest';
import { run } from '../../cli/run.ts';
import { announceService } from '../../cli/service/state-file.ts';
import { names } from '../../local/resources.ts';
import { usePipeline } from '../use/backend.ts';
import { useRuntimeFolder } from '../use/folder.ts';
import { readEvents } from '../web/server/event-source.ts';
import { runHere, sink } from './in-process.ts';

const pipeline = usePipeline();

useRuntimeFolder();
beforeAll(async () => {
  const { endpoints, lambdaEndpoint, resources, secret } = pipeline;
  await announceService({ pid: process.pid, endpoints, lambdaEndpoint, ...names, ...resources }, secret);
});

test('the page of a service is for who has its address, and ends with its command', async () => {
  const stopping = new AbortController();
  const [out, error] = [sink(), sink()];
  const ended = run(['watch', '--serve', '--json'], {
    input: process.stdin,
    out: out.stream,
    error: error.stream,
    signal: stopping.signal,
    environment: {},
  });
  await expect.poll(() => out.text() || error.text(), { timeout: 20_000 }).toMatch(/\n$/);
  expect(error.text()).toBe('');
  const { type, page } = JSON.parse(out.text());
  expect(type).toBe('page');
  const { origin, searchParams } = new URL(page);
  expect((await fetch(`${origin}/api/overview`)).status).toBe(401);
  const reader = await readEvents(`${origin}/api/overview?key=${searchParams.get('key')}`);
  expect(await reader.first('snapshot')).not.toHaveProperty('writes');
  reader.close();
  stopping.abort();
  expect(await ended).toBe(130);
  await expect(fetch(origin)).rejects.toThrow();
});

test.each([
  [['--port', '4000'], '--port is for a page: give --serve as well'],
  [['--write'], '--write is for a page: give --serve as well'],
  [['--serve', '--count', '1'], '--count is not for a page: leave out --serve, or it'],
])('%j is refused in a line', async (args, message) => {
  const { code, error } = await runHere(['watch', ...args]);
  expect({ code, error }).toEqual({ code: 2, error: `error: ${message}\n` });
});
