import { execFile } from 'node:child_process';
import { createServer, type RequestListener, type Server } from 'node:http';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { type Emulator, emulatorOn } from '../../../local/emulators/emulator.ts';
import { answerWholeRequests } from '../../../local/guard/whole-requests.ts';
import { rawRequest } from '../../use/raw-request.ts';

const open: Emulator[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function serve(answer: RequestListener): Promise<Emulator> {
  const server: Server = createServer(answer);
  answerWholeRequests(server, () => undefined);
  const emulator = await emulatorOn(server);
  open.push(emulator);
  return emulator;
}

const fail = () => {
  throw new Error('no such thing');
};

describe('what an emulator throws for one request is the answer to that request', () => {
  test.each<[string, RequestListener]>([
    ['at once', fail],
    ['when the body has come', (request) => request.on('data', fail)],
    ['when the request has ended', (request) => request.resume().on('end', fail)],
    ['in a callback', () => setImmediate(fail)],
    ['in a callback of a callback', () => process.nextTick(() => setTimeout(fail))],
  ])('%s', async (_, failing) => {
    const { endpoint } = await serve((request, response) => {
      if (request.url === '/well') setTimeout(() => response.end('well'), 5);
      else failing(request, response);
    });
    const [one, bad, other] = await Promise.all([
      fetch(`${endpoint}/well`),
      fetch(`${endpoint}/bad`, { method: 'POST', body: '{}' }),
      fetch(`${endpoint}/well`),
    ]);
    expect([one.status, await one.text(), other.status]).toEqual([200, 'well', 200]);
    expect(bad.status).toBe(500);
    expect(await bad.json()).toEqual({ __type: 'InternalFailure', message: 'no such thing' });
  });

  test('after its answer has begun, the connection ends', async () => {
    const { endpoint } = await serve((_, response) => {
      response.write('half');
      setImmediate(fail);
    });
    const { text } = await rawRequest(
      Number(new URL(endpoint).port),
      `GET / HTTP/1.1\r\nhost: ${new URL(endpoint).host}\r\n\r\n`,
    );
    expect(text).not.toContain('InternalFailure');
  });
});

/** Runs a program of its own with this server open, and says how it ended. */
async function ended(program: string) {
  const source = `
    import { createServer } from 'node:http';
    import { emulatorOn } from './local/emulators/emulator.ts';
    import { answerWholeRequests } from './local/guard/whole-requests.ts';
    const server = createServer((request, response) => request.url === '/bad' ? Promise.reject(new Error('bad')) : response.end('well'));
    answerWholeRequests(server, () => undefined);
    const emulator = await emulatorOn(server);
    ${program}`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', source];
  return promisify(execFile)(process.execPath, args).then(
    ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

test('a promise that nobody awaits fails its request, and the process goes on and ends by itself', async () => {
  const { code, stdout } = await ended(`
    const bad = await fetch(emulator.endpoint + '/bad');
    const well = await fetch(emulator.endpoint);
    console.log(bad.status, well.status);
    await emulator.close();`);
  expect({ code, stdout }).toEqual({ code: 0, stdout: '500 200\n' });
});

test.each([
  ['while an emulator is open', ''],
  ['after it was closed', 'await emulator.close();'],
])('an exception of nobody ends the process %s', async (_, before) => {
  const { code, stderr } = await ended(`${before} setImmediate(() => { throw new Error('of nobody'); });`);
  expect(code).toBe(1);
  expect(stderr).toContain('Error: of nobody');
});

test('a listener for exceptions of nobody is told', async () => {
  const { code, stdout } = await ended(`
    process.on('uncaughtException', async (error) => { console.log(error.message); await emulator.close(); });
    setImmediate(() => { throw new Error('of nobody'); });`);
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'of nobody\n' });
});
