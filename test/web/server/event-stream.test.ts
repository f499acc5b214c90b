import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { eventStream } from '../../../web/server/event-stream.ts';

test('a message that comes after the end is dropped, and breaks nothing', async () => {
  const broken: Error[] = [];
  const server = createServer((_, response) => {
    response.on('error', (error) => broken.push(error));
    const stream = eventStream(response, () => {});
    stream.send('points', [1]);
    stream.end();
    stream.send('points', [2]);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  expect(await answer.text()).toBe('retry: 1000\n\nevent: points\ndata: [1]\n\n');
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  expect(broken).toEqual([]);
});
