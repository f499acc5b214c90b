import { spawn } from 'node:child_process';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { PutRecordCommand } from '@aws-sdk/client-kinesis';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { quarantineCommand } from '../../cli/commands/quarantine.ts';
import { announceService } from '../../cli/service/state-file.ts';
import { kinesisLimits } from '../../lambda/kinesis-limits.ts';
import { names } from '../../local/resources.ts';
import { countEvents, countQuarantined } from '../../local/stored.ts';
import { jsonLines } from '../json-lines.ts';
import { usePipeline } from '../use/backend.ts';
import { useFolder } from '../use/folder.ts';

const pipeline = usePipeline({}, 'for each test');
const folder = useFolder('for each test');

beforeEach(() => {
  // As a shell has it: the SDK's own variables name the services.
  for (const [name, value] of Object.entries({ ...pipeline.environment })) vi.stubEnv(name, value);
  vi.stubEnv('AWS_ENDPOINT_URL_KINESIS', pipeline.endpoints.kinesis);
  vi.stubEnv('AWS_ENDPOINT_URL_LAMBDA', pipeline.lambdaEndpoint);
  vi.stubEnv('AED_QUARANTINE_BUCKET', names.quarantineBucket);
  vi.stubEnv('AED_STREAM', names.stream);
  // Where `aed local` would leave word.
  vi.stubEnv('XDG_RUNTIME_DIR', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** Runs a command. @returns what it wrote */
async function run(...args: string[]): Promise<string> {
  const out = new PassThrough();
  const command = quarantineCommand({
    out,
    error: new PassThrough(),
    signal: new AbortController().signal,
    environment: process.env,
  });
  for (const each of [command, ...command.commands]) quiet(each);
  try {
    await command.parseAsync(args, { from: 'user' });
    return String(out.read() ?? '');
  } catch (error) {
    throw Object.assign(error as Error, { written: String(out.read() ?? '') });
  }
}

function quiet(command: Command): void {
  command.exitOverride().configureOutput({ writeErr() {}, writeOut() {} });
}

async function put(...records: (string | Uint8Array)[]): Promise<void> {
  const done = pipeline.recorder.progress.succeeded + records.length;
  for (const data of records) {
    await pipeline.clients.kinesis.send(
      new PutRecordCommand({
        StreamName: names.stream,
        PartitionKey: 'key\u001b[31m',
        Data: Buffer.from(data),
      }),
    );
  }
  await pipeline.recorder.doneWith(done);
}

const listedJson = async () =>
  (await run('list', '--json'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

describe('list', () => {
  test('says that there is nothing', async () => {
    expect(await run('list')).toBe('nothing is set aside\n');
    expect(await run('list', '--json')).toBe('');
  });

  test('has a row for each object, with its reasons', async () => {
    await put('bad', '[1,{}]', ...Array.from({ length: 10 }, () => ''));
    const rows = await listedJson();
    expect(rows.map(({ kind, why }) => [kind, why])).toEqual([
      ['record', 'not-json'],
      ['record', 'not-an-object, missing-field (2 entries)'],
      ...Array.from({ length: 10 }, () => ['record', 'empty']),
    ]);
    const text = await run('list');
    for (const { key } of rows) expect(text).toContain(key);
  });

  test('lists objects of unknown kinds too', async () => {
    await pipeline.clients.s3.send(
      new PutObjectCommand({ Bucket: names.quarantineBucket, Key: 'quarantine/other', Body: 'x' }),
    );
    expect(await listedJson()).toMatchObject([{ key: 'quarantine/other', kind: 'unknown', why: 'not JSON' }]);
  });
});

describe('show', () => {
  test('prints where a record came from, what is wrong and its text, without control characters', async () => {
    await put('{"seriesId":"s"}\n{\u001b[31m}');
    const [{ key }] = await listedJson();
    const text = await run('show', key);
    expect(text).toMatch(/^key +quarantine\/shardId-000000000000\/\d+\.json$/m);
    expect(text).toMatch(/^partition key +key \[31m$/m);
    expect(text).toMatch(/entry 0: missing-field: field 'timestamp' is missing$/m);
    expect(text).toMatch(/^\{"seriesId":"s"\}$/m);
    expect(text).not.toContain('\u001b');
  });

  test('prints bytes that are not text as numbers, and all of the object as JSON', async () => {
    const data = Uint8Array.of(0xff, 0, 1);
    await put(data);
    const [{ key }] = await listedJson();
    expect(await run('show', key)).toMatch(/^ff 00 01$/m);
    expect(JSON.parse(await run('show', key, '--json'))).toMatchObject({ key, kind: 'record', data: '/wAB' });
  });

  test('--data gives the bytes alone', async () => {
    await put('{"a":1}\n');
    const [{ key }] = await listedJson();
    expect(await run('show', key, '--data')).toBe('{"a":1}\n');
  });

  test('fails on an object that is not there', async () => {
    await expect(run('show', 'quarantine/none')).rejects.toThrow('there is no object quarantine/none');
  });
});

describe('replay', () => {
  test('a mended record becomes an event', async () => {
    await put('{"seriesId":"s","timestamp":1600000000000,"value":"7"}');
    const [{ key }] = await listedJson();
    const file = join(folder, 'record.json');
    await writeFile(file, '{"seriesId":"s","timestamp":1600000000000,"value":7}');
    expect(await run('replay', key, '--data', file)).toMatch(
      `${key}: replayed, 1 record; if it is still bad`,
    );
    await pipeline.recorder.doneWith(2);
    expect(await countEvents(pipeline.clients)).toBe(1);
    expect(await run('replay', key)).toBe(`${key}: already replayed\n`);
  });

  test('--all replays the objects there at its start, not those that come back meanwhile', async () => {
    await put('bad', 'bad', 'bad');
    const before = await listedJson();
    const replayed = jsonLines(await run('replay', '--all', '--json'));
    await pipeline.recorder.doneWith(6);
    expect(replayed.map(({ key, outcome }) => [key, outcome])).toEqual(
      before.map(({ key }) => [key, 'replayed']),
    );
    expect((await listedJson()).map(({ key }) => key)).toEqual(
      replayed.map(({ comesBackAs }) => comesBackAs),
    );
    expect(await countQuarantined(pipeline.clients)).toBe(3);
  });

  test('fails if one of its objects could not be replayed, after the others', async () => {
    await put('bad');
    const [{ key }] = await listedJson();
    await expect(run('replay', 'quarantine/none', key)).rejects.toMatchObject({
      message: '1 of 2 objects not replayed',
      written: expect.stringContaining(`${key}: replayed`),
    });
  });
});

describe('the service', () => {
  test('is the one that runs on this machine, unless one is named', async () => {
    await put('bad');
    const [{ key }] = await listedJson();
    const known = ['AED_QUARANTINE_BUCKET', 'AED_STREAM', ...Object.keys(process.env)];
    for (const name of known.filter((each) => /^(AED|AWS)_/.test(each))) vi.stubEnv(name, undefined);
    const { endpoints, lambdaEndpoint, resources, secret } = pipeline;
    const { topicArn, peopleTopicArn } = resources;
    const state = { pid: process.pid, endpoints, lambdaEndpoint, ...names, topicArn, peopleTopicArn };
    await announceService(state, secret);
    expect(await run('list')).toContain(key);
    expect(await run('replay', key)).toContain('replayed, 1 record');
  });

  test('the command is one of the tool, with its exit codes', async () => {
    const aed = (...args: string[]) =>
      new Promise<{ readonly code: number | null; readonly text: string }>((resolve) => {
        const child = spawn(process.execPath, ['--import', 'tsx', 'bin/aed.ts', 'quarantine', ...args]);
        let text = '';
        for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
        child.on('close', (code) => resolve({ code, text }));
      });
    await put('bad');
    const [listed, wrong] = await Promise.all([aed('list'), aed('replay')]);
    expect(listed).toMatchObject({ code: 0, text: expect.stringContaining('not-json') });
    expect(wrong).toEqual({ code: 2, text: 'error: replay needs either keys or --all, got neither\n' });
  });
});

test('replacement data larger than a record is refused unread', async () => {
  const file = join(folder, 'large.json');
  await writeFile(file, '');
  await truncate(file, kinesisLimits.largestRecordBytes + 1);
  await expect(run('replay', 'a', '--data', file)).rejects.toMatchObject({
    name: 'UsageError',
    message: `${file} has more than the 10 MiB of a record`,
  });
});

describe('a wrong command line gets an error of one line', () => {
  test.each([
    [
      ['list'],
      'no quarantine to read: start `aed local` in another terminal, or name the bucket with --bucket (the output QuarantineBucketName of the stack)',
      'AED_QUARANTINE_BUCKET',
    ],
    [['replay', '--all'], '--stream must be given: the output StreamName of the stack has it', 'AED_STREAM'],
    [['replay'], 'replay needs either keys or --all, got neither'],
    [['replay', '--all', 'a'], 'replay needs either keys or --all, got both'],
    [['show', 'a', '--data', '--json'], '--data prints only the bytes; leave out --json'],
    [['replay', 'a', 'b', '--data', 'file'], '--data needs exactly one key'],
  ])('%j: %s', async (args, message, missingVariable?: string) => {
    await put('bad');
    if (missingVariable !== undefined) vi.stubEnv(missingVariable, undefined);
    await expect(run(...args)).rejects.toMatchObject({ name: 'UsageError', message });
  });
});
