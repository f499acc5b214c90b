import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { startLivePage } from '../../../web/server/live-page.ts';
import { usePipeline } from '../../use/backend.ts';
import { rawRequest } from '../../use/raw-request.ts';
import { useStarted } from '../../use/started.ts';

const pipeline = usePipeline();
const page = useStarted(() => startLivePage({ pipeline }));

/** Each port, and what it answers to a GET of its root. */
const ports: Readonly<Record<string, readonly [url: () => string, status: number]>> = {
  Kinesis: [() => pipeline.endpoints.kinesis, 403],
  DynamoDB: [() => pipeline.endpoints.dynamoDb, 200],
  'SNS, SQS and S3': [() => pipeline.endpoints.messaging, 200],
  Lambda: [() => pipeline.lambdaEndpoint, 404],
  'the page': [() => page.url, 200],
};
const portOf = (name: string) => Number(new URL(ports[name]?.[0]() ?? '').port);

const ask = (port: number, lines: readonly string[], start = 'GET / HTTP/1.1') =>
  rawRequest(port, `${[start, ...lines, 'connection: close'].join('\r\n')}\r\n\r\n`);

describe.each(Object.keys(ports))('the port of %s', (name) => {
  test.each(['127.0.0.1', 'localhost', 'LOCALHOST', 'localhost.', '[::1]'])('is for %s', async (host) => {
    const port = portOf(name);
    const { status, text } = await ask(port, [`host: ${host}:${port}`]);
    expect(status).toBe(ports[name]?.[1]);
    expect(text).not.toContain('not for web pages');
  });

  test.each([
    ['a name that was bound anew to this machine', 'host: evil.example:PORT', 421],
    ['no port', 'host: localhost', 421],
    ['another port', 'host: localhost:1', 421],
    ['a bucket in the name', 'host: aed-quarantine.localhost:PORT', 421],
    ['a page of another site', 'host: localhost:PORT\r\norigin: https://evil.example', 403],
    ['a page of no site', 'host: localhost:PORT\r\norigin: null', 403],
    ['a page of another port', 'host: localhost:PORT\r\norigin: http://localhost:1', 403],
    ['an image of another site', 'host: localhost:PORT\r\nsec-fetch-site: cross-site', 403],
  ])('refuses %s', async (_, lines, expected) => {
    const port = portOf(name);
    for (const start of [
      'GET / HTTP/1.1',
      'POST / HTTP/1.1',
      'OPTIONS * HTTP/1.1',
      'GET /aed-quarantine HTTP/1.1',
    ]) {
      const { status, text } = await ask(port, [lines.replace('PORT', String(port))], start);
      expect(status).toBe(expected);
      expect(text).not.toMatch(/access-control/i);
    }
  });

  test('refuses a request without a host', async () => {
    expect((await ask(portOf(name), [], 'GET / HTTP/1.0')).status).toBe(421);
    expect((await ask(portOf(name), [])).status).toBe(400);
  });
});

test('a link of another site opens the page, and none of its data', async () => {
  const port = portOf('the page');
  const link = [
    `host: localhost:${port}`,
    'sec-fetch-site: cross-site',
    'sec-fetch-mode: navigate',
    'sec-fetch-dest: document',
  ];
  expect((await ask(port, link)).status).toBe(200);
  expect((await ask(port, link, 'GET /api/overview HTTP/1.1')).status).toBe(403);
  const asFrame = link.map((line) => line.replace('document', 'iframe'));
  expect((await ask(port, asFrame)).status).toBe(403);
  for (const other of Object.keys(ports).filter((each) => each !== 'the page')) {
    const lines = link.map((line) => line.replace(/localhost:.*/, `localhost:${portOf(other)}`));
    expect((await ask(portOf(other), lines)).status).toBe(403);
  }
});

test('the bucket is the one in the path, whatever this machine is called', async () => {
  const { s3 } = pipeline.clients;
  await s3.send(new CreateBucketCommand({ Bucket: 'files' }));
  await s3.send(new PutObjectCommand({ Bucket: 'files', Key: 'a', Body: 'kept' }));
  const port = portOf('SNS, SQS and S3');
  for (const host of ['127.0.0.1', 'localhost', 'localhost.', '[::1]']) {
    const { status, text } = await ask(port, [`host: ${host}:${port}`], 'GET /files/a HTTP/1.1');
    expect(status, host).toBe(200);
    expect(text).toMatch(/kept$/);
  }
});
