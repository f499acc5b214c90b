import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  waitUntilStreamExists,
} from '@aws-sdk/client-kinesis';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { deaggregate } from '../../../lambda/record/aggregated-record.ts';
import { startKinesis } from '../../../local/emulators/kinesis.ts';
import { jsonLines } from '../../json-lines.ts';
import { useEmulator } from '../../use/emulator.ts';
import { useFolder } from '../../use/folder.ts';
import { runHere } from '../in-process.ts';

const folder = useFolder();
const emulator = useEmulator(startKinesis, 'for each test');
const stream = 'records';

beforeEach(async () => {
  const { kinesis: client } = emulator.clients;
  await client.send(new CreateStreamCommand({ StreamName: stream, ShardCount: 1 }));
  const patience = { client, maxWaitTime: 10, minDelay: 0.01, maxDelay: 0.1 };
  await waitUntilStreamExists(patience, { StreamName: stream });
});

interface Held {
  readonly seriesId: string;
  readonly timestamp: string;
  readonly value: number;
}

/** The events that the stream holds, in its order. */
async function held(): Promise<readonly Held[]> {
  const { kinesis } = emulator.clients;
  const at = {
    StreamName: stream,
    ShardId: 'shardId-000000000000',
    ShardIteratorType: 'TRIM_HORIZON',
  } as const;
  const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand(at));
  const events: Held[] = [];
  for (let iterator = ShardIterator; iterator !== undefined; ) {
    const page = await kinesis.send(new GetRecordsCommand({ ShardIterator: iterator }));
    if (page.Records?.length === 0) break;
    for (const { Data = Buffer.of() } of page.Records ?? []) {
      const apart = deaggregate(Data);
      const all = apart.ok ? apart.records.map(({ data }) => data) : [Data];
      events.push(...all.map((data) => JSON.parse(Buffer.from(data).toString())));
    }
    iterator = page.NextShardIterator;
  }
  return events;
}

const put = (path: string, flags: readonly string[], signal?: AbortSignal) =>
  runHere(['put', path, '--stream', stream, '--endpoint', emulator.endpoint, ...flags], signal && { signal });

/** Of yesterday: a service keeps what is older only for so long, and that is said. */
const start = Math.floor(Date.now() / 1000 - 24 * 3600) * 1000;
const rowOf = (series: string, second: number, value: number) =>
  `${series},${new Date(start + second * 1000).toISOString()},${value}`;

async function fileOf(rows: readonly string[]): Promise<string> {
  const path = join(folder, 'readings.csv');
  await writeFile(path, `seriesId,timestamp,value\n${rows.join('\n')}\n`);
  return path;
}

/** Two series in turn. */
const inTurn = Array.from({ length: 300 }, (_, value) => rowOf(`s${value % 2}`, value, value));

/** It takes some 15 s, and is stopped long before. */
const slowly = ['--rate', '20'];

/** The values of each series in the order of the stream, without those that come again. */
function valuesOf(events: readonly Held[], series: string): readonly number[] {
  return [...new Set(events.filter(({ seriesId }) => seriesId === series).map(({ value }) => value))];
}

describe('Ctrl-C names where to go on, and nothing is left out or comes in another order', () => {
  test.each([
    ['a row', inTurn, slowly, 0, /go on with (--from-row) (\d+): all before are in the stream/],
    [
      'a row before a late one',
      [...inTurn.slice(0, 250), ...inTurn.slice(250).reverse()],
      slowly,
      50,
      /go on with (--from-row) (\d+):/,
    ],
    [
      'a time, where rows stand newest first',
      [...inTurn].reverse(),
      slowly,
      1,
      /go on with (--from-time) (\S+):/,
    ],
    [
      'a time, where readings come as they were recorded',
      inTurn,
      ['--as-recorded', '20x'],
      1,
      /go on with (--from-time) (\S+):/,
    ],
  ])('%s', async (_, rows, flags, mostAgain, message) => {
    const path = await fileOf(rows);
    const stop = new AbortController();
    const stopped = put(path, [...flags, '--json'], stop.signal);
    await expect.poll(held, { interval: 20 }).not.toEqual([]);
    stop.abort(new Error('interrupted'));
    const { code, error, out } = await stopped;
    expect(code).toBe(130);
    expect(error).toMatch(/^\d+ readings? put; .*\nstopped\n$/);
    const [, flag = '', value = ''] = message.exec(error) ?? [];
    const before = await held();
    expect(jsonLines(out)).toEqual([
      { type: 'stopped', put: before.length, refused: 0, goOn: `${flag} ${value}` },
    ]);
    expect(before.length).toBeLessThan(rows.length);

    const went = await put(path, [flag, value, '--json']);
    expect(went.error).toBe('');
    const all = await held();
    expect(all.length - rows.length).toBeLessThanOrEqual(mostAgain);
    expect(jsonLines(went.out).at(-1)).toMatchObject({ put: all.length - before.length });
    for (const parity of [0, 1]) {
      const expected = inTurn.flatMap((_, number) => (number % 2 === parity ? [number] : []));
      expect(valuesOf(all, `s${parity}`)).toEqual(expected);
    }
  });
});

describe('standard input that goes on', () => {
  test('is put on Ctrl-C with all that has come, also where it was held to be put as it was recorded', async () => {
    const input = new Readable({ read() {} });
    const stop = new AbortController();
    const flags = ['--stream', stream, '--endpoint', emulator.endpoint, '--as-recorded', '60x'];
    const putting = runHere(['put', '-', ...flags], { input, signal: stop.signal });
    const count = 9_000;
    const rows = Array.from(
      { length: count },
      (_, i) => `a,${new Date(Date.UTC(2026) + i * 1000).toISOString()},${i}`,
    );
    input.push(`seriesId,timestamp,value\n${rows.join('\n')}\n`);
    await expect.poll(() => input.readableLength).toBe(0);
    stop.abort(new Error('interrupted'));
    const { code, error } = await putting;
    expect(error).toMatch(/^9,?000 readings put; /);
    expect(code).toBe(130);
    expect(await held()).toHaveLength(count);
  });

  test('is put where it pauses, and on Ctrl-C with all that has come', async () => {
    const input = new Readable({ read() {} });
    const stop = new AbortController();
    const flags = ['--stream', stream, '--endpoint', emulator.endpoint];
    const putting = runHere(['put', '-', ...flags], { input, signal: stop.signal });
    input.push(`seriesId,timestamp,value\n${inTurn.slice(0, 10).join('\n')}\n`);
    await expect.poll(held, { interval: 50 }).toHaveLength(10);
    input.push(`${inTurn.slice(10, 20).join('\n')}\n`);
    await expect.poll(() => input.readableLength).toBe(0);
    stop.abort(new Error('interrupted'));
    const { code, error } = await putting;
    expect(error).toMatch(
      /^20 readings put; go on with --from-row 22 if the input comes again from its first row: .*\nstopped\n$/,
    );
    expect(code).toBe(130);
    expect((await held()).map(({ value }) => value).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, value) => value),
    );
  });

  test('is judged by the clock at each row, and what is left out is said at once and on Ctrl-C', async () => {
    const begunAt = Date.now();
    const clock = vi.spyOn(Date, 'now');
    onTestFinished(() => clock.mockRestore());
    const rowsFrom = (ms: number) =>
      Array.from({ length: 10 }, (_, i) => `a,${new Date(ms + i * 1000).toISOString()},${i}\n`).join('');
    const input = new Readable({ read() {} });
    const stop = new AbortController();
    const flags = ['--stream', stream, '--endpoint', emulator.endpoint, '--json'];
    const putting = runHere(['put', '-', ...flags], { input, signal: stop.signal });
    input.push(`seriesId,timestamp,value\n${rowsFrom(begunAt)}`);
    await expect.poll(held, { interval: 50 }).toHaveLength(10);
    const later = begunAt + 600_000;
    clock.mockImplementation(() => later);
    input.push(rowsFrom(later));
    await expect.poll(held, { interval: 50 }).toHaveLength(20);
    input.push(rowsFrom(later + 600_000));
    await expect.poll(() => input.readableLength).toBe(0);
    stop.abort(new Error('interrupted'));
    const { error, out } = await putting;
    const [first, counted, goOn] = error.split('\n');
    expect(first).toMatch(
      /^standard input: row 22 is not put, since the service would set it aside: .* is later than /,
    );
    expect(counted).toMatch(/^10 readings not put, .*\(10 future-timestamp\), the first in row 22: /);
    expect(goOn).toMatch(/^20 readings put; go on with /);
    expect(jsonLines(out)).toEqual([expect.objectContaining({ put: 20, refused: 10 })]);
  });

  test('of which nothing is put says on Ctrl-C what was left out, and names no row to go on with', async () => {
    const input = new Readable({ read() {} });
    const stop = new AbortController();
    const flags = ['--stream', stream, '--endpoint', emulator.endpoint];
    const putting = runHere(['put', '-', ...flags], { input, signal: stop.signal });
    const tomorrow = Date.now() + 24 * 3600 * 1000;
    const rows = Array.from(
      { length: 9_000 },
      (_, i) => `a,${new Date(tomorrow + i * 1000).toISOString()},${i}`,
    );
    input.push(`seriesId,timestamp,value\n${rows.join('\n')}\n`);
    await expect.poll(() => input.readableLength).toBe(0);
    stop.abort(new Error('interrupted'));
    const { code, error } = await putting;
    expect(code).toBe(130);
    expect(error).toMatch(
      /^standard input: row 2 is not put.*\n9,?000 readings not put, .* in row 2: .*\nstopped\n$/,
    );
  });

  test('keeps its late rows in place, however slowly they are put', async () => {
    // Many pieces, of which the first to be sent take two seconds. Each row is 200 rows early or late.
    const rows = Array.from({ length: 6_000 }, (_, row) => {
      const value = Math.floor(row / 200) % 2 === 0 ? row + 200 : row - 200;
      return `${rowOf('s', value, value)},${'x'.repeat(100)}`;
    });
    const input = Readable.from(pieces(`seriesId,timestamp,value,note\n${rows.join('\n')}\n`));
    const flags = ['--stream', stream, '--endpoint', emulator.endpoint, '--rate', '2500', '--json'];
    const { error, out } = await runHere(['put', '-', ...flags], { input });
    expect(error).toBe('');
    expect(jsonLines(out).at(-1)).toMatchObject({ put: rows.length, skipped: 0, input: 'standard input' });
    expect(valuesOf(await held(), 's')).toEqual(rows.map((_, value) => value));
  });
});

/** A text as a pipe brings it. */
function* pieces(text: string): Generator<Buffer> {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += 65_536) yield bytes.subarray(from, from + 65_536);
}

test('a failure names where to go on, and what failed', async () => {
  const path = await fileOf(inTurn);
  const failing = put(path, slowly);
  await expect.poll(held, { interval: 20 }).not.toEqual([]);
  await emulator.clients.kinesis.send(new DeleteStreamCommand({ StreamName: stream }));
  const { code, error } = await failing;
  expect(code).toBe(1);
  expect(error).toMatch(
    /^error: \d+ readings? put; go on with --from-row \d+: all before are in the stream, and what is put twice counts once; the last failure was: /,
  );
});

test('a file that cannot be read to its end is not put at all', async () => {
  const rows = [...inTurn, 's0,2026-01-31T12:06:00Z,"'];
  const { code, error } = await put(await fileOf(rows), []);
  expect({ code, error }).toEqual({
    code: 1,
    error: expect.stringMatching(/^error: readings.csv: it is not CSV/),
  });
  expect(await held()).toEqual([]);
});

test('people are told how many readings of which series are in which stream', async () => {
  const { code, out } = await put(await fileOf(inTurn), []);
  expect(code).toBe(0);
  expect(out).toMatch(
    /^300 readings of 2 series put into records in \d+\.\d s, \d+ a second\n300 rows\nseries: s0, s1\n$/,
  );
  expect(await held()).toHaveLength(300);
});
