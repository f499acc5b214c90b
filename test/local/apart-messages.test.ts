import childProcess, { type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type BackendApart, startBackendApart } from '../../local/apart/backend.ts';
import { catchUp, type Message, type Ready } from '../../local/apart/messages.ts';
import type { TableStreamRecord } from '../../local/emulators/table-stream.ts';

const at = 'http://127.0.0.1:1';
const ready: Ready = {
  kind: 'ready',
  endpoints: { kinesis: at, dynamoDb: at, messaging: at },
  resources: {
    streamArn: 'stream',
    topicArn: 'topic',
    queueUrl: 'queue',
    peopleTopicArn: 'people',
    digestQueueUrl: 'digest',
    digestQueueArn: 'digest-arn',
  },
  streamArn: 'table stream',
};
const recordOf = (number: string): TableStreamRecord => ({ dynamodb: { SequenceNumber: number } });

/** The other process, which says what a test lets it say. */
class Child extends EventEmitter {
  connected = true;
  exitCode: number | null = null;
  signalCode: string | null = null;
  readonly send = vi.fn((_: unknown, __: (error: Error | null) => void) => true);
  disconnect() {
    this.connected = false;
    queueMicrotask(() => this.end(0));
  }
  say(message: Message) {
    this.emit('message', message);
  }
  end(code: number | null, signal: string | null = null) {
    this.exitCode = code;
    this.signalCode = signal;
    this.emit('exit', code);
  }
}

let child: Child;
beforeEach(() => {
  child = new Child();
  vi.spyOn(childProcess, 'fork').mockImplementation(() => child as unknown as ChildProcess);
  syncBuiltinESMExports();
});
afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

async function started(): Promise<BackendApart> {
  const starting = startBackendApart();
  child.say(ready);
  return starting;
}

test('the other process is one of this program, in its folder, and is asked nothing before it is ready', async () => {
  const { endpoints, resources, tableStream } = await started();
  const [[path, options] = []] = vi.mocked(childProcess.fork).mock.calls;
  expect(path).toMatch(/local[/\\]apart[/\\]process\.ts$/);
  expect(options).toMatchObject({ execArgv: ['--import', 'tsx'] });
  expect([endpoints, resources, tableStream.arn]).toEqual([ready.endpoints, ready.resources, 'table stream']);
  expect(child.send).not.toHaveBeenCalled();
});

test('what it says of records, puts and its use is told here', async () => {
  const backend = await started();
  const heard: unknown[] = [];
  backend.tableStream.onRecord((record) => heard.push(record));
  backend.streamPuts.onPut((count) => heard.push(count));
  expect([backend.memoryMegabytes, backend.cpuSeconds]).toEqual([0, 0]);
  child.say({ kind: 'records', records: [recordOf('1'), recordOf('2')] });
  child.say({ kind: 'puts', records: 3 });
  child.say({ kind: 'usage', megabytes: 90, cpuSeconds: 1.5 });
  expect(heard).toEqual([recordOf('1'), recordOf('2'), 3]);
  expect([backend.tableStream.length, backend.streamPuts.count]).toEqual([2, 3]);
  expect([backend.memoryMegabytes, backend.cpuSeconds]).toEqual([90, 1.5]);
});

test('who wants to have caught up waits for the answer to that, whatever else is said before', async () => {
  const { tableStream } = await started();
  const steps: string[] = [];
  const waiting = ['first', 'second'].map((name) => tableStream.caughtUp().then(() => steps.push(name)));
  expect(child.send.mock.calls.map(([asked]) => asked)).toEqual([catchUp, catchUp]);
  child.say({ kind: 'records', records: [recordOf('1')] });
  child.say({ kind: 'puts', records: 1 });
  child.say({ kind: 'usage', megabytes: 1, cpuSeconds: 1 });
  await new Promise(setImmediate);
  expect(steps).toEqual([]);
  child.say({ kind: 'caughtUp' });
  await waiting[0];
  expect(steps).toEqual(['first']);
  child.say({ kind: 'caughtUp' });
  child.say({ kind: 'caughtUp' });
  await waiting[1];
});

test('a question that cannot be sent is told', async () => {
  const { tableStream } = await started();
  const waiting = tableStream.caughtUp();
  const failure = new Error('channel closed');
  child.send.mock.calls[0]?.[1](failure);
  await expect(waiting).rejects.toBe(failure);
});

describe('it does not start', () => {
  test('if the process ends before it is ready', async () => {
    const starting = startBackendApart();
    child.end(7);
    await expect(starting).rejects.toThrow(new Error('the process of the emulators ended with 7'));
  });

  test('if there is no process', async () => {
    const starting = startBackendApart();
    const failure = new Error('spawn ENOMEM');
    child.emit('error', failure);
    await expect(starting).rejects.toBe(failure);
  });
});

describe('it is closed', () => {
  test('when the process has ended, which is let go of', async () => {
    const { close } = await started();
    const ended = once(child, 'exit');
    await close();
    expect(child.connected).toBe(false);
    expect(await ended).toEqual([0]);
  });

  test.each<[string, (one: Child) => void]>([
    ['at once, if the process has ended', (one) => one.end(1)],
    ['at once, if the process was killed', (one) => one.end(null, 'SIGKILL')],
  ])('%s', async (_, before) => {
    const { close } = await started();
    before(child);
    await close();
    expect(child.connected).toBe(true);
  });
});
