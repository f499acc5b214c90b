import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { PutRecordCommand } from '@aws-sdk/client-kinesis';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { run } from '../../../cli/run.ts';
import { startPipeline } from '../../../local/pipeline.ts';
import { useRuntimeFolder } from '../../use/folder.ts';
import { runHere, sink } from '../in-process.ts';
import { startLocal, withClients } from '../local-service.ts';

const folder = useRuntimeFolder();
const kept = join(folder, 'kept');
const data = join(folder, 'data');

/** A pipeline on the folder, started and ended. */
async function useFolderOnce(path: string): Promise<void> {
  const pipeline = await startPipeline({ folder: path, report() {} });
  expect(await readdir(path)).toContain('owner');
  await pipeline.close();
  expect(await readdir(path)).not.toContain('owner');
}

const listening = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap');

/** `aed local` on a copy of a sound folder in which something is wrong. It must end by itself. */
async function startOn(spoil: () => Promise<void>) {
  await rm(data, { recursive: true, force: true });
  await cp(kept, data, { recursive: true });
  await spoil();
  const before = listening();
  const ended = await runHere(['local', '--data', data, '--no-page']);
  await expect.poll(listening).toEqual(before);
  return ended;
}

describe('a folder in which something is wrong ends the start with one line that says what to do', () => {
  beforeAll(() => useFolderOnce(kept));

  const checkpoint = join(data, 'recorder-checkpoints.json');
  const deleteIt = 'delete it, and all records that the folder keeps are recorded anew, once';
  const putBack = 'put a copy of the folder in its place, or move it away to begin anew';
  test.each<[string, () => Promise<void>, RegExp, string]>([
    [
      'an empty checkpoint',
      () => writeFile(checkpoint, ''),
      /^error: cannot read .*checkpoints\.json: /,
      deleteIt,
    ],
    [
      'a checkpoint that is cut off',
      () => writeFile(checkpoint, '{"shardId-0'),
      /cannot read .*checkpoints\.json: /,
      deleteIt,
    ],
    [
      'a checkpoint of another kind',
      () => writeFile(checkpoint, '["1"]'),
      /it does not say how far each shard is read/,
      deleteIt,
    ],
    ['a checkpoint that is a folder', () => mkdir(checkpoint).then(() => {}), /must be a file/, deleteIt],
    [
      'a stream that cannot be read',
      () => writeFile(join(data, 'kinesis', 'CURRENT'), 'x\n'),
      /cannot open the data in .*: (IO|Corr)/,
      putBack,
    ],
    [
      'tables that cannot be read',
      () => writeFile(join(data, 'dynamodb', 'CURRENT'), ''),
      /cannot open the data in .*: (IO|Corr)/,
      putBack,
    ],
    [
      'a file where the tables should be',
      async () => {
        await rm(join(data, 'dynamodb'), { recursive: true });
        await writeFile(join(data, 'dynamodb'), '');
      },
      /cannot open the data in /,
      putBack,
    ],
  ])('%s', async (_, spoil, what, advice) => {
    const { code, error } = await startOn(spoil);
    expect(code).toBe(1);
    expect(error).toMatch(what);
    expect(error).toContain(advice);
    expect(error.split('\n')).toHaveLength(2);
  });
});

test('the number of a process that runs by now keeps nobody from the folder of one that was killed', async () => {
  await rm(data, { recursive: true, force: true });
  await useFolderOnce(data);
  await writeFile(join(data, 'owner'), String(process.ppid));
  await useFolderOnce(data);
});

test('Ctrl-C during the start ends it, whenever it comes, and leaves nothing listening', async () => {
  for (const afterMs of [0, 20, 100, 300]) {
    const before = listening();
    const started = await runHere(['local', '--data', join(folder, 'interrupted')], {
      signal: AbortSignal.timeout(afterMs),
    });
    expect(started).toMatchObject({ code: 130, error: 'stopped\n' });
    await expect.poll(listening).toEqual(before);
  }
});

test.each([
  [[], 'Options: defaults\n'],
  [['-p', '1'], 'Options: practicalThreshold 1\n'],
])('a start with the flags %j says which options are not the defaults', async (flags, line) => {
  const interrupt = new AbortController();
  const [out, error] = [sink(), sink()];
  const context = { out: out.stream, error: error.stream, signal: interrupt.signal, environment: {} };
  const code = run(['local', '--no-page', ...flags], { ...context, input: new PassThrough() });
  await expect.poll(out.text, { timeout: 60_000 }).toContain('For other programs:');
  expect(out.text()).toContain(line);
  interrupt.abort(new Error('interrupted'));
  expect(await code).toBe(130);
});

/** Runs before the tool, in its process: the disk has no room for a checkpoint. */
const fullDisk = `
  import fs from 'node:fs';
  import { syncBuiltinESMExports } from 'node:module';
  const write = fs.writeFileSync;
  fs.writeFileSync = (file, ...rest) => {
    if (!String(file).includes('checkpoints')) return write(file, ...rest);
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  };
  syncBuiltinESMExports();`;

test('a full disk ends the service with one line that says so', async () => {
  await rm(data, { recursive: true, force: true });
  vi.stubEnv('NODE_OPTIONS', `--import=data:text/javascript,${encodeURIComponent(fullDisk)}`);
  const local = await startLocal('--data', data, '--no-page');
  vi.stubEnv('NODE_OPTIONS', undefined);
  await withClients(local.state, ({ kinesis }) =>
    kinesis.send(
      new PutRecordCommand({
        StreamName: local.state.stream,
        PartitionKey: 'a',
        Data: Buffer.from('{"seriesId":"a","timestamp":"2026-01-01T00:00:00Z","value":1}'),
      }),
    ),
  );
  expect(await local.ended()).toBe(1);
  expect(local.error()).toMatch(
    /^error: ENOSPC: no space left on device, write \(the disk is full; free some space and start again: what was put is kept\)\n$/,
  );
});

test('more series than memory holds are refused', async () => {
  const { code, error } = await runHere(['produce', '--csv', '--series', '99999999']);
  expect(code).toBe(2);
  expect(error).toContain('from 1 to 100000');
});
