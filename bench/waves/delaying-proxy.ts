/**
 * A process that passes HTTP calls on, each after a delay. Its parent learns its endpoint, and, when it asks, the number of calls so far.
 *
 * Run by bench/waves/measure.ts, with the endpoint behind it and the milliseconds of the delay.
 */
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const [target = '', milliseconds = '0'] = process.argv.slice(2);
const { hostname, port, host } = new URL(target);
const agent = new Agent({ keepAlive: true });
let calls = 0;

const server = createServer(async (incoming, outgoing) => {
  calls++;
  await delay(Number(milliseconds));
  const { method, url: path } = incoming;
  const headers = { ...incoming.headers, host };
  const passed = request({ hostname, port, method, path, headers, agent }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(outgoing);
  });
  passed.on('error', () => outgoing.destroy());
  incoming.pipe(passed);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.send?.({ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
process.on('message', () => process.send?.({ calls }));
process.on('disconnect', () => process.exit());
