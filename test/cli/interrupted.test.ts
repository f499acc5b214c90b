import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useFolder } from '../use/folder.ts';
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

/** Windows has no such files. */
describe.skipIf(process.platform === 'win32')('a named pipe of which nobody has the other end', () => {
  const folder = useFolder();
  // One for each test: a call that waits in another test would be the other end.
  function newPipe(name: string): string {
    const pipe = join(folder, name);
    execFileSync('mkfifo', [pipe]);
    return pipe;
  }

  test.each([
    ['detect'],
    ['put', '--dry-run'],
    ['replay', '--dataset'],
    ['produce', '--points', '3', '--csv'],
    ['quarantine', 'replay', 'key', '--endpoint', 'http://127.0.0.1:9', '--data'],
  ])('Ctrl-C stops aed %s', async (command, ...rest) => {
    const pipe = newPipe(command);
    const args = [command, ...rest, pipe];
    const signal = AbortSignal.timeout(300);
    try {
      expect(await runHere(args, { signal })).toEqual({ code: 130, out: '', error: 'stopped\n' });
    } finally {
      // The call that opens it waits on in a thread, which the other tests need.
      closeSync(openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK));
    }
  });

  test.each([
    ['one Ctrl-C ends the process, once it is stopped', 'context.signal.onabort = () => end(130)', 1],
    [
      'a second Ctrl-C ends a process that does not stop',
      'context.signal.onabort = () => console.log("heard")',
      2,
    ],
  ])('%s', async (_, then, signals) => {
    const pipe = newPipe(`signals-${signals}`);
    const script = `
      import { open } from 'node:fs';
      import { end, processContext } from './cli/context.ts';
      const context = processContext();
      ${then};
      open(${JSON.stringify(pipe)}, 'r', () => {});
      console.log('opens');`;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    for (let sent = 0; sent < signals; sent++) {
      await once(child.stdout, 'data');
      child.kill('SIGINT');
    }
    expect(await ended).toEqual([null, 'SIGINT']);
  });
});
