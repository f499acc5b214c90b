import { PublishCommand } from '@aws-sdk/client-sns';
import { beforeAll, expect, test } from 'vitest';
import { run } from '../../cli/run.ts';
import { announceService } from '../../cli/service/state-file.ts';
import { peopleMessage } from '../../lambda/digest/people-message.ts';
import { textFor } from '../../lambda/notify/message.ts';
import { names } from '../../local/resources.ts';
import { jsonLines } from '../json-lines.ts';
import { aChangePoint } from '../lambda/a-change-point.ts';
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
  await expect.poll(() => out.text() || error.text()).toMatch(/\n$/);
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
  [['--serve', '--count', '1'], '--count is not for a page: leave out --serve or --count'],
])('%j is refused in a line', async (args, message) => {
  const { code, error } = await runHere(['watch', ...args]);
  expect({ code, error }).toEqual({ code: 2, error: `error: ${message}\n` });
});

test('of the topic of people, it shows what they read, and says once which topic has change points', async () => {
  const { sns } = pipeline.clients;
  const { peopleTopicArn: TopicArn } = pipeline.resources;
  const found = aChangePoint();
  const digest = { seriesId: found.seriesId, changes: [found], count: 1, flaps: false };
  const messages = [
    peopleMessage([digest]),
    peopleMessage([digest, { ...digest, seriesId: 'other\u001b[31m' }]),
    { Subject: 'Hello', Message: 'there' },
    { Message: JSON.stringify(found) },
  ];
  const watched = async (...args: string[]) => {
    const [out, error] = [sink(), sink()];
    const ended = run(['watch', '--endpoint', pipeline.endpoints.messaging, '--topic', TopicArn, ...args], {
      input: process.stdin,
      out: out.stream,
      error: error.stream,
      signal: AbortSignal.timeout(60_000),
      environment: {},
    });
    await expect.poll(() => out.text() + error.text()).toContain('watching');
    for (const message of messages) await sns.send(new PublishCommand({ TopicArn, ...message }));
    expect(await ended).toBe(0);
    return { out: out.text(), error: error.text() };
  };
  const text = await watched('--count', '1');
  expect(text.out).toContain(
    `AED: boiler-7 up by 1\n${textFor(found)}\nAED: 2 series shifted\n2 series shifted`,
  );
  expect(text.out).toContain('\nother [31m: 0 → 1 (+1)');
  expect(text.out).not.toContain('there');
  expect(text.error.match(/note: .*/g)).toEqual([
    expect.stringMatching(
      /^note: this topic has digests for people, which are no change points; .*TopicArn, or/,
    ),
    expect.stringMatching(/^note: a message came that is no change point; /),
  ]);
  const json = await watched('--json', '--count', '1', '--series', found.seriesId);
  expect(jsonLines(json.out).map(({ type }) => type)).toEqual(['watching', 'changePoint']);
  expect(json.error.match(/note: /g)).toHaveLength(2);
});
