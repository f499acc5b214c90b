import { exec } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localIdentity } from '../../local/clients.ts';
import type { Emulator } from '../../local/emulators/emulator.ts';
import { startKinesis } from '../../local/emulators/kinesis.ts';
import { jsonLines } from '../json-lines.ts';
import { useFolder } from '../use/folder.ts';
import { runHere } from './in-process.ts';

describe('as CSV', () => {
  const folder = useFolder();

  test.each([
    ['--rate', '5000'],
    ['--shift-every', '1'],
  ])('%s %s is refused, and the file that is there stays as it was', async (flag, value) => {
    const path = join(folder, 'kept.csv');
    await writeFile(path, 'of another run');
    expect(await runHere(['produce', '--csv', path, flag, value])).toMatchObject({ code: 2, out: '' });
    expect(await readFile(path, 'utf8')).toBe('of another run');
  });

  test('the same seed makes the same file, and the summary goes to standard error', async () => {
    const [one, other] = [
      await runHere(['produce', '--csv', '--seed', '7']),
      await runHere(['produce', '--csv', '--seed', '7']),
    ];
    expect(one.out).toBe(other.out);
    expect(one.out.split('\n')).toHaveLength(602);
    expect(one.out).toMatch(/^seriesId,timestamp,value\ngenerated,2026-01-01T00:00:00.000Z,\d/);
    expect(one.error).toMatch(/^600 readings to standard output in .* s; repeat it with --seed 7\n┌/);
  });

  test('`detect` reads the file and finds the true changes that `produce` listed', async () => {
    const name = 'a "quoted", name';
    const produced = await runHere(['produce', '--csv', '--seed', '1', '--name', name, '--json']);
    const truths = jsonLines(produced.error).filter(({ type }) => type === 'trueChange');
    const detected = await runHere(['detect', '-', '--json', '-p', '1'], { input: produced.out });
    const found = jsonLines(detected.out).filter(({ type }) => type === 'changePoint');
    expect(
      found.map(({ seriesId, changedAt, changedAtTime }) => [seriesId, changedAt, Date.parse(changedAtTime)]),
    ).toEqual(truths.map(({ reading, time }) => [name, reading, Date.parse(time)]));
    expect(truths.length).toBeGreaterThan(3);
  });

  // Only Linux has such a file.
  test.skipIf(process.platform !== 'linux').each([5, 50_000])(
    'a disk that is full after some of %i rows is named with the file',
    async (points) => {
      expect(await runHere(['produce', '--csv', '/dev/full', '--points', String(points)])).toEqual({
        code: 1,
        out: '',
        error: 'error: cannot write /dev/full: the disk is full\n',
      });
    },
  );

  test('a closed pipe ends it without an error', async () => {
    const { code, error } = await new Promise<{ code: number; error: string }>((resolve) => {
      exec(
        `bash -c 'set -o pipefail; "${process.execPath}" bin/aed.js produce --csv --points 100000 | head -1'`,
        (failure, _, error) => resolve({ code: failure?.code ?? 0, error }),
      );
    });
    expect({ code, error }).toEqual({ code: 0, error: '' });
  });
});

describe('into a stream', () => {
  let emulator: Emulator;
  let client: KinesisClient;
  beforeAll(async () => {
    emulator = await startKinesis();
    client = new KinesisClient({
      ...localIdentity,
      endpoint: emulator.endpoint,
      requestHandler: new NodeHttpHandler(),
    });
    const names = [
      'live',
      'paced-1',
      'paced-7',
      'paced-1000',
      'fast',
      'fields',
      'stopped',
      'changes-1',
      'changes-3',
    ];
    for (const StreamName of names) await client.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  });
  afterAll(async () => {
    client.destroy();
    await emulator.close();
  });

  async function held(StreamName: string) {
    const { ShardIterator } = await client.send(
      new GetShardIteratorCommand({
        StreamName,
        ShardId: 'shardId-000000000000',
        ShardIteratorType: 'TRIM_HORIZON',
      }),
    );
    const { Records = [] } = await client.send(new GetRecordsCommand({ ShardIterator }));
    return Records.map(({ Data, PartitionKey, ApproximateArrivalTimestamp }) => ({
      key: PartitionKey,
      arrivedAt: ApproximateArrivalTimestamp?.getTime() ?? 0,
      data: JSON.parse(Buffer.from(Data ?? []).toString('utf8')),
    }));
  }

  test('each reading is put at its time, in order', async () => {
    const { code } = await runHere([
      'produce',
      '--endpoint',
      emulator.endpoint,
      '-s',
      'live',
      '--duration',
      '1s',
      '--rate',
      '40',
    ]);
    expect(code).toBe(0);
    const records = await held('live');
    expect(records).toHaveLength(40);
    const times = records.map(({ data }) => Date.parse(data.timestamp));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    for (const { data, arrivedAt } of records)
      expect(arrivedAt).toBeGreaterThanOrEqual(Date.parse(data.timestamp) - 5);
  });

  test.each([1, 7, 1000])(
    'at its time, %d of a series in a record: it is put when its last one is due',
    async (aggregate) => {
      const stream = `paced-${aggregate}`;
      const args = [
        '--duration',
        '1s',
        '--rate',
        '40',
        '--series',
        '2',
        '--aggregate',
        `${aggregate}`,
        '--json',
      ];
      const { out } = await runHere(['produce', '--endpoint', emulator.endpoint, '-s', stream, ...args]);
      const expected = 2 * Math.ceil(40 / aggregate);
      expect(jsonLines(out).at(-1)).toMatchObject({ events: 80, records: expected });
      const records = await held(stream);
      expect(records).toHaveLength(expected);
      for (const { data, arrivedAt } of records)
        expect(arrivedAt).toBeGreaterThanOrEqual(Date.parse([data].flat().at(-1).timestamp) - 5);
    },
  );

  test('at once and several in a record: the readings of a series stay together and in order', async () => {
    const args = ['--fast', '--points', '25', '--series', '2', '--name', 's', '--aggregate', '10', '--json'];
    const { out } = await runHere(['produce', '--endpoint', emulator.endpoint, '-s', 'fast', ...args]);
    expect(jsonLines(out).at(-1)).toMatchObject({ events: 50, records: 6, target: 'fast' });
    const records = await held('fast');
    for (const name of ['s-1', 's-2']) {
      const own = records.filter(({ key }) => key === name).flatMap(({ data }) => data);
      expect(own).toHaveLength(25);
      expect(own.every(({ seriesId }) => seriesId === name)).toBe(true);
      const times = own.map(({ timestamp }) => Date.parse(timestamp));
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(times.at(-1)).toBeLessThanOrEqual(Date.now());
    }
  });

  test.each([1, 3])(
    'when it is stopped, with %d in a record, it tells the changes that were put',
    async (aggregate) => {
      const interrupt = new AbortController();
      const stream = `changes-${aggregate}`;
      const args = ['--duration', '1h', '--rate', '50', '--series', '2', '--shift-every', '2', '--json'];
      const running = runHere(
        ['produce', '--endpoint', emulator.endpoint, '-s', stream, ...args, '--aggregate', `${aggregate}`],
        { signal: interrupt.signal },
      );
      while ((await held(stream)).length < 6) await delay(20);
      interrupt.abort(new Error('interrupted'));
      const lines = jsonLines((await running).out);
      const put = (await held(stream)).flatMap(({ data }) => data);
      expect(lines.at(-1)).toMatchObject({ events: put.length, trueChanges: lines.length - 1 });
      expect(lines.length).toBeGreaterThan(1);
      for (const { seriesId, time } of lines.slice(0, -1))
        expect(
          put.some((one) => one.seriesId === seriesId && Date.parse(one.timestamp) === Date.parse(time)),
        ).toBe(true);
    },
  );

  test('with the fields that the service reads', async () => {
    const fields = ['--series-id-field', 'device.id', '--timestamp-field', 'at', '--value-field', 'temp*'];
    const args = ['--fast', '--points', '4', '--aggregate', '3', ...fields];
    expect(
      await runHere(['produce', '--endpoint', emulator.endpoint, '-s', 'fields', ...args]),
    ).toMatchObject({
      code: 0,
    });
    const records = (await held('fields')).map(({ key, data }) => [
      key,
      Array.isArray(data) ? data.length : data,
    ]);
    const one = { device: { id: 'generated' }, at: expect.any(String), temp: expect.any(Number) };
    expect(records).toEqual([
      ['generated', 3],
      ['generated', one],
    ]);
  });

  test('interrupted, it says what it sent, and ends as shells expect it', async () => {
    const interrupt = new AbortController();
    const running = runHere(
      ['produce', '--endpoint', emulator.endpoint, '-s', 'stopped', '--duration', '1h', '--json'],
      { signal: interrupt.signal },
    );
    while ((await held('stopped')).length === 0) await delay(20);
    interrupt.abort(new Error('interrupted'));
    const { code, out, error } = await running;
    expect({ code, error }).toEqual({ code: 130, error: 'stopped\n' });
    expect(jsonLines(out).at(-1)).toMatchObject({ type: 'summary', events: (await held('stopped')).length });
  });

  test('a stream that is not there is named', async () => {
    const { code, error } = await runHere([
      'produce',
      '--endpoint',
      emulator.endpoint,
      '-s',
      'none',
      '--fast',
    ]);
    expect(code).toBe(1);
    expect(error).toMatch(
      /^error: Stream none .* not found.* \(check the names and --region; the outputs of the stack have them\)\n$/,
    );
  });
});
