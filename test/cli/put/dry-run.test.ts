import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { defaultRecordSettings } from '../../../cli/record-flags.ts';
import { announceService } from '../../../cli/service/state-file.ts';
import type { Emulator } from '../../../local/emulators/emulator.ts';
import { startLambdaEndpoint } from '../../../local/lambda-endpoint.ts';
import { newSecret } from '../../../local/proof.ts';
import { names } from '../../../local/resources.ts';
import { jsonLines } from '../../json-lines.ts';
import { useRuntimeFolder } from '../../use/folder.ts';
import { runHere } from '../in-process.ts';

const folder = useRuntimeFolder();

async function dryRun(content: string | Buffer, flags: readonly string[] = [], name = 'boiler.csv') {
  const path = join(folder, name);
  await writeFile(path, content);
  const ended = await runHere(['put', path, '--dry-run', '--json', ...flags]);
  const lines = ended.code === 0 ? jsonLines(ended.out) : [];
  const events = lines.filter(({ type }) => type === 'event').map(({ data }) => JSON.parse(data));
  return { ...ended, lines, events, summary: lines.at(-1) };
}

const minute = (number: number) => `2026-01-31T12:0${number}:00Z`;
/** Of yesterday. */
const recent = (number: number) =>
  `${new Date(Date.now() - 24 * 3600 * 1000).toISOString().slice(0, 10)}T00:0${number}:00Z`;

describe('a dry run needs no service, and shows', () => {
  test('the first events as they would be sent, with their keys, and the counts', async () => {
    const rows = Array.from({ length: 10 }, (_, number) => number).map(
      (number) => `d${number % 2},${minute(number)},${number / 2}`,
    );
    const { lines, summary } = await dryRun(`seriesId,timestamp,value\n${rows.join('\n')}\nd1,,7\n`);
    expect(lines[1]).toEqual({
      type: 'event',
      partitionKey: 'd1',
      data: `{"seriesId":"d1","timestamp":"${minute(1)}","value":0.5}`,
    });
    expect(lines).toHaveLength(6);
    expect(summary).toMatchObject({
      type: 'summary',
      input: 'boiler.csv',
      dryRun: true,
      rows: 11,
      readings: 10,
      put: 0,
      series: 2,
      skipped: 1,
      skippedReasons: { 'bad-time': 1 },
    });
  });

  test('the same to people', async () => {
    const path = join(folder, 'pump.csv');
    await writeFile(path, `timestamp,value\n${recent(0)},1\n${recent(1)},2\n${recent(2)},\n`);
    expect(await runHere(['put', path, '--dry-run'])).toEqual({
      code: 0,
      error: '',
      out: [
        `{"seriesId":"pump","timestamp":"${recent(0)}","value":1}`,
        `{"seriesId":"pump","timestamp":"${recent(1)}","value":2}`,
        '2 readings of 1 series would be put into a service; nothing was (--dry-run)',
        '3 rows; 1 left out (1 empty, the first is row 4)',
        'series: pump',
        '',
      ].join('\n'),
    });
  });

  test('how long a service keeps readings that are old', async () => {
    const path = join(folder, 'nile.csv');
    await writeFile(path, 'timestamp,value\n1871-01-01T00:00:00Z,1120\n1872-01-01T00:00:00Z,1160\n');
    expect((await runHere(['put', path, '--dry-run'])).out).toMatch(
      /\nnote: the oldest reading is of 1871-01-01; unless eventRetentionDays says longer, a deployed service keeps an event for 365 days from its time, but DynamoDB never deletes one that had expired for five years when it was put\n$/,
    );
    const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 3600 * 1000).toISOString();
    const noteOf = async (days: number) => {
      await writeFile(path, `timestamp,value\n${daysAgo(days)},1\n${daysAgo(1)},2\n`);
      return /note: .*(365 days|five years)/.exec((await runHere(['put', path, '--dry-run'])).out)?.[1];
    };
    expect([await noteOf(364), await noteOf(366 + 5 * 364), await noteOf(366 + 5 * 366)]).toEqual([
      undefined,
      '365 days',
      'five years',
    ]);
  });
});

describe('a service that reads other fields gets those', () => {
  const content = `timestamp,temp_in\n${minute(0)},20.5\n`;
  const flags = ['--series-id-field', 'device.id', '--value-field', 'temp*', '--timestamp-unit', 's'];
  const expected = { device: { id: 'boiler' }, timestamp: minute(0), temp_in: 20.5 };
  const records = { ...defaultRecordSettings, seriesIdField: 'device.id', valueField: 'temp*' };
  const secret = newSecret();
  let running: Emulator;
  let withdraw = async () => {};
  beforeAll(async () => {
    running = await startLambdaEndpoint({}, secret);
  });
  afterAll(() => running.close());
  async function announce() {
    const { endpoint: lambdaEndpoint } = running;
    const arns = { topicArn: '', peopleTopicArn: '' };
    const state = { pid: process.pid, ...names, endpoints, lambdaEndpoint, ...arns, records };
    withdraw = await announceService(state, secret);
  }
  const endpoints = { kinesis: '', dynamoDb: '', messaging: '' };
  afterEach(async () => {
    await withdraw();
    vi.stubEnv('AED_VALUE_FIELD', undefined);
  });

  test('by flags', async () => {
    const { events, summary } = await dryRun(content, flags);
    expect(events).toEqual([expected]);
    expect(summary.series).toBe(1);
  });

  test('by what `aed local` says of itself, which flags and variables change', async () => {
    await announce();
    expect((await dryRun(content)).events).toEqual([expected]);
    const changed = { ...expected, device: undefined, id: 'boiler' };
    expect((await dryRun(content, ['--series-id-field', 'id'])).events).toEqual([changed]);
    vi.stubEnv('AED_VALUE_FIELD', 'value');
    const { temp_in: value, ...rest } = expected;
    expect((await dryRun(content)).events).toEqual([{ ...rest, value }]);
  });

  test('but a deployed one does not get what `aed local` reads', async () => {
    await announce();
    const { events } = await dryRun(content, ['--region', 'us-east-1']);
    expect(events).toEqual([{ seriesId: 'boiler', timestamp: minute(0), value: 20.5 }]);
  });

  test.each([
    [
      '--timestamp-field',
      'arrival',
      /^error: the service takes the time at which a record arrives for its time/,
    ],
    [
      '--value-field',
      'a,b',
      /^error: boiler.csv: the service reads a, b of each record, and there is no column 'a'; the columns are /,
    ],
    ['--value-field', 'a,b*', /^error: a file is put by several names, or by one pattern, /],
    [
      '--value-field',
      'hum*',
      /^error: boiler.csv: the service makes a series of each field .*; got 'boiler'\n/,
    ],
    ['--value-field', '', /^error: --value-field must be /],
  ])('%s %s is refused', async (flag, value, message) => {
    expect((await dryRun(content, [flag, value])).error).toMatch(message);
  });
});

describe('a service that reads several fields of each record', () => {
  const rows = Array.from(
    { length: 9 },
    (_, number) => `d${number % 2},${minute(number)},${number},${-number}`,
  );
  const content = `device_id,timestamp,temperature,humidity\n${rows.join('\n')}\nd1,${minute(9)},5,\n`;
  const flags = ['--value-field', 'temperature,humidity', '--series-column', 'device_id'];

  test('gets whole rows, of the columns that it reads; others are counted', async () => {
    const { events, summary, error } = await dryRun(content, flags);
    expect(error).toBe('');
    expect(events[1]).toEqual({ seriesId: 'd1', timestamp: minute(1), temperature: 1, humidity: -1 });
    expect(summary).toMatchObject({
      readings: 18,
      series: 4,
      refused: 1,
      refusedReasons: { 'missing-field': 1 },
    });
    expect((await dryRun(content, [...flags, '--from-time', minute(7)])).summary).toMatchObject({
      readings: 4,
      before: 14,
    });
  });

  test('is not given other columns', async () => {
    const { error } = await dryRun(content, [...flags, '--column', 'temperature']);
    expect(error).toBe(
      'error: boiler.csv: the service reads temperature, humidity of each record, so these columns must be read, and no others: --column temperature --column humidity; got temperature\n',
    );
  });
});

describe('reads whatever detect reads, in the order of time', () => {
  test.each([
    [
      'gzip, semicolons, decimal commas, two columns',
      gzipSync('Zeit;innen;außen\n31.01.2026 13:00;20,5;1\n31.01.2026 13:01;20,6;2\n'),
      ['--all-columns', '--time-zone', 'Europe/Paris'],
      'haus.csv.gz',
      [
        ['haus/innen', 0, 20.5],
        ['haus/außen', 0, 1],
        ['haus/innen', 1, 20.6],
        ['haus/außen', 1, 2],
      ],
    ],
    [
      'JSON Lines with nested fields',
      `{"device":{"id":"d"},"ts":${Date.parse(minute(0)) / 1000},"payload":{"temp":4}}\n`,
      ['--column', 'payload.temp', '--series-column', 'device.id'],
      'm.jsonl',
      [['d', 0, 4]],
    ],
    [
      'a late row',
      `timestamp,value\n${minute(1)},2\n${minute(0)},1\n`,
      [],
      'late.csv',
      [
        ['late', 0, 1],
        ['late', 1, 2],
      ],
    ],
    [
      'newest first',
      `timestamp,value\n${minute(2)},3\n${minute(1)},2\n${minute(0)},1\n`,
      [],
      'new.csv',
      [
        ['new', 0, 1],
        ['new', 1, 2],
        ['new', 2, 3],
      ],
    ],
    [
      'a repeated row',
      `timestamp,value\n${minute(0)},1\n${minute(0)},1\n${minute(1)},1\n`,
      [],
      'again.csv',
      [
        ['again', 0, 1],
        ['again', 1, 1],
      ],
    ],
    [
      'a name of one’s own',
      `timestamp,a,b\n${minute(0)},1,2\n`,
      ['--all-columns', '--series', 'x'],
      'two.csv',
      [
        ['x/a', 0, 1],
        ['x/b', 0, 2],
      ],
    ],
  ])('%s', async (_, content, flags, name, expected) => {
    const { error, events } = await dryRun(content, flags, name);
    expect(error).toBe('');
    expect(events.map(({ seriesId, timestamp, value }) => [seriesId, timestamp, value])).toEqual(
      expected.map(([series, number, value]) => [series, minute(Number(number)), value]),
    );
  });

  test('by time across all series, as they were recorded', async () => {
    const rows = ['a,0,1', 'a,2,2', 'b,1,3', 'b,3,4'].map((row) => {
      const [series, number, value] = row.split(',');
      return `${series},${minute(Number(number))},${value}`;
    });
    const { events } = await dryRun(`seriesId,timestamp,value\n${rows.join('\n')}\n`, ['--as-recorded']);
    expect(events.map(({ value }) => value)).toEqual([1, 3, 2, 4]);
  });
});

describe('times that are given', () => {
  test.each([
    ['none', 'value\n5\n\n6\n'],
    ['numbers that are no dates', 't,value\n0.5,5\n1,\n2.5,6\n'],
  ])('go by the numbers of the rows where there are %s', async (_, content) => {
    const { events } = await dryRun(content, ['--start', minute(0), '--every', '1m']);
    expect(events.map(({ timestamp, value }) => [timestamp, value])).toEqual([
      [minute(0), 5],
      [minute(2), 6],
    ]);
  });
});

describe('refuses', () => {
  const dated = `timestamp,value\n${minute(0)},1\n${minute(1)},2\n`;
  test.each([
    [
      'no times',
      'value\n1\n2\n',
      [],
      /^error: boiler.csv: there are no times, and a service needs dates; name their column with --time-column, or give times with --start/,
    ],
    [
      'numbers that are no dates',
      't,value\n1,1\n2,2\n',
      [],
      /^error: boiler.csv: the times are numbers but no dates/,
    ],
    [
      'times twice',
      dated,
      ['--start', minute(0), '--every', '1s'],
      /^error: boiler.csv: --start and --every are for readings without times/,
    ],
    [
      'two names',
      'seriesId,timestamp,value\na,2026-01-31,1\n',
      ['--series', 'b'],
      /^error: boiler.csv: --series names a series that no column names, but 'seriesId' does/,
    ],
    [
      'devices as one series',
      `timestamp,device,value\n${[0, 1, 2, 3].map((n) => `${minute(n)},d${n % 2},1`).join('\n')}\n`,
      [],
      /^error: boiler.csv: 'device' has 2 values in the first 4 rows: if each is a series of its own, add --series-column device; if all are one series, name it with --series\n/,
    ],
    ['no reading', 'timestamp,value\n', [], /^error: boiler.csv: it has no reading\n/],
    [
      'times to come',
      dated.replaceAll('2026', '2999'),
      [],
      /^error: boiler.csv: the service would set aside 2 of 2 readings \(2 future-timestamp\), the first in row 2: 2999-01-31T12:00:00.000Z is later than .*; --skip-bad allows more than 10 %/,
    ],
    [
      'one that is too large',
      `timestamp,value\n${minute(0)},1e300\n`,
      ['--on-bad', 'fail'],
      /^error: boiler.csv: row 2: the service would set it aside: 1e\+300 is .*; --on-bad skip leaves such rows out/,
    ],
  ])('%s', async (_, content, flags, message) => {
    const { code, out, error } = await dryRun(content, flags);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toMatch(message);
  });

  test.each([
    [
      'one of two flags for times',
      ['--start', minute(0)],
      /^error: --start and --every give times together; give both/,
    ],
    ['two speeds', ['--rate', '5', '--as-recorded'], /^error: --rate and --as-recorded both say how fast/],
    [
      'a file in place of a speed',
      ['--as-recorded', 'readings.csv'],
      /It must be a speed such as 60x, got 'readings.csv'; the name of the file stands before --as-recorded/,
    ],
    ['no service', [], /^error: no service to talk to/],
  ])('a wrong command line: %s', async (_, flags, message) => {
    const { code, error } = await runHere(['put', '-', '--series', 's', ...flags], { input: dated });
    expect(error).toMatch(message);
    expect(code).toBe(2);
  });

  test('standard input without a name', async () => {
    const { code, error } = await runHere(['put', '-', '--dry-run'], { input: dated });
    expect(error).toBe(
      'error: standard input: no column names the series; name it with --series, or the column with --series-column\n',
    );
    expect(code).toBe(1);
  });

  const live = (header: string, row: (number: number) => string) =>
    [header, ...Array.from({ length: 12 }, (_, number) => row(number))].join('\n').trimStart();
  test.each([
    [
      'cells',
      live('timestamp,value', (number) => `${minute(number % 10)},${number}`),
      'no column names the series; ',
    ],
    ['plain numbers', live('', (number) => `${number}.5`), 'no column names the series; '],
    [
      'lines of JSON',
      live('', (number) => `{"timestamp":"${minute(number % 10)}","value":${number}}`),
      'no column names the series; ',
    ],
    [
      'a column that may name it',
      live('timestamp,sensor,value', (number) => `${minute(number % 10)},s${number % 2},${number}`),
      "'sensor' has 2 values in the first 12 rows: ",
    ],
  ])('standard input without a name that goes on, by its first rows: %s', async (_, rows, message) => {
    const input = new PassThrough();
    input.write(`${rows}\n`);
    const { code, error } = await runHere(['put', '-', '--dry-run'], { input });
    expect(error).toMatch(`error: standard input: ${message}`);
    expect(error).not.toContain('waits for more');
    expect(code).toBe(1);
  });
});

test('leaves out, and counts, what the service would set aside', async () => {
  const rows = Array.from({ length: 20 }, (_, second) => `2026-01-31T12:00:${10 + second}Z,${second}`);
  const { summary } = await dryRun(`timestamp,value\n${rows.join('\n')}\n2999-01-31T12:00:00Z,1\n`);
  expect(summary).toMatchObject({ readings: 20, refused: 1, refusedReasons: { 'future-timestamp': 1 } });
});
