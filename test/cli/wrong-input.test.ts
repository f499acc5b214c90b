import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { optionTable } from '@aed/core';
import { describe, expect, test } from 'vitest';
import { flagOf } from '../../cli/flag-name.ts';
import { useRuntimeFolder } from '../use/folder.ts';
import { runHere } from './in-process.ts';

const folder = useRuntimeFolder();

const numbers = Object.entries(optionTable).filter(([, { kind }]) => kind !== 'choice');
test.each(numbers.map(([name]) => flagOf(name)))(
  '%s is named as it is given where its value breaks its rule',
  async (flag) => {
    const { code, error } = await runHere(['local', flag, 'x y']);
    expect(error).toMatch(new RegExp(`^error: ${flag} must .*, got 'x y'\\n$`));
    expect(code).toBe(2);
  },
);

describe('a wrong command line gets one line that says what to do, and exit code 2', () => {
  test.each([
    [['bogus'], "error: unknown command 'bogus' (see aed --help)"],
    [['detcet'], "error: unknown command 'detcet' (Did you mean detect?) (see aed --help)"],
    [['detect'], "error: missing required argument 'file' (see aed detect --help)"],
    [['detect', 'a', 'b'], /^error: too many arguments .* \(see aed detect --help\)$/],
    [['detect', '--bogus'], "error: unknown option '--bogus' (see aed detect --help)"],
    [['detect', '-', '-a', '0'], 'error: --alpha must be a number greater than 0 and less than 1, got 0'],
    [
      ['detect', '-', '-a', '0.05', '--false-alarm-every', '1000'],
      'error: --alpha has no effect with --false-alarm-every, which stands in for it, got 0.05; leave out one of the two',
    ],
    [
      ['detect', '-', '--statistic', 'scan', '--false-alarm-every', '0'],
      'error: --false-alarm-every must be a number from 100 to 10,000,000, got 0',
    ],
    [
      ['detect', '-', '--max-regime-length', '3'],
      'error: --max-regime-length must be an integer of at least 2 · startup (10), or Infinity, got 3',
    ],
    [
      ['local', '-a', '1e-300'],
      'error: --alpha must be at least 1e-130 and less than 1 in the service, got 1e-300',
    ],
    [
      ['local', '--max-regime-length', 'Infinity'],
      'error: --max-regime-length must be an integer from 2 · startup (10) to 100000 in the service, got Infinity',
    ],
    [
      ['local', '--max-regime-length', '3'],
      'error: --max-regime-length must be an integer from 2 · startup (10) to 100000 in the service, got 3',
    ],
    ...[';;', '"', '', '\n'].map((delimiter): [readonly string[], RegExp] => [
      ['detect', '-', '--delimiter', delimiter],
      /It must be one character that is neither a quote nor a line break, or \\t for a tab, got '.*'\. \(see/,
    ]),
    [
      ['detect', '-', '--series-column', 'a', '--series-column', 'b'],
      "error: option '--series-column <name or number>' is given more than once (see aed detect --help)",
    ],
    [
      ['detect', '-', '--column', 'a', '--all-columns'],
      'error: --column and --all-columns both say which columns',
    ],
    [['detect', '-', '--missing', '-99x'], /It must be a number, got '-99x'\. \(see/],
    [
      ['detect', '-', '--decimal', ',', '--thousands', ','],
      "error: --decimal and --thousands must differ, got ',' for both",
    ],
    [
      ['detect', '-', '--on-bad', 'fail', '--skip-bad'],
      'error: --on-bad fail and --skip-bad contradict each other',
    ],
    [
      ['detect', '-', '--time-zone', 'Europe/Pariss'],
      /It must be a time zone such as Europe\/Paris, UTC or \+01:00, got 'Europe\/Pariss'\. \(see/,
    ],
    [
      ['detect', '-', '--time-format', '%d/%m'],
      /It must be dmy, mdy, s, ms, us, ns, or a pattern with a year and a month made of %Y .*, got '%d\/%m'\. \(see/,
    ],
    [['detect', '-', '-p', 'much'], "error: --practical-threshold must be a number, got 'much'"],
    [
      ['detect', '-', '--on-bad', 'weep'],
      /'weep' is invalid. Allowed choices are skip, fail. \(see aed detect --help\)$/,
    ],
    [
      ['detect', '-', '--report', 'a.pdf'],
      /It must end in one of .html, .svg, .png, got 'a.pdf'. \(see aed detect --help\)$/,
    ],
    [
      ['produce'],
      /^error: no service to talk to: start one with `aed local` in another terminal, or name a deployed one/,
    ],
    [['produce', '-r', 'eu-west-1'], /^error: --stream must be given as well/],
    [['produce', '--rate', '0'], /It must be a number greater than 0, got '0'. \(see aed produce --help\)$/],
    [
      ['produce', '--csv', '--rate', '5000'],
      'error: rate must be greater than 0 and at most 1000 readings a second, got 5000',
    ],
    [['produce', '--points', '1', '--duration', '1s'], /^error: --points and --duration both say how much/],
    [['produce', '--duration', 'long'], /It must be a duration such as 30s, 5m or 1h, got 'long'/],
    [['produce', '--csv', '--aggregate', '5'], 'error: --aggregate is for streams; leave out --csv'],
    [['produce', '--csv', '--fast'], 'error: --fast is for streams; leave out --csv'],
    [['produce', '--csv', '--stream', 's'], 'error: --stream is for streams; leave out --csv'],
    [['produce', '--csv', '--name', ''], /It must not be empty, got ''. \(see aed produce --help\)$/],
    [
      ['produce', '--fast', '--start', '2999-01-01T00:00:00Z', '--points', '100'],
      'error: --start must put the last reading at most 300 s into the future, because the service sets aside later ones; got 2999-01-01T00:00:10.000Z',
    ],
    [
      ['produce', '--fast', '--start', new Date().toISOString(), '--duration', '10m'],
      /^error: --start must put the last reading at most 300 s into the future/,
    ],
    [['produce', '--start', '2026-01-01T00:00:00Z'], /^error: --start is for --csv and --fast/],
    [['produce', '--csv', '--start', 'yesterday'], /It must be an ISO 8601 time with a zone/],
    [['produce', '--seed', '-1'], /It must be a whole number from 0 to \d+, got '-1'/],
    [
      ['produce', '--shift-every', '1', '--csv'],
      'error: shiftEvery must be an integer of at least 2, or 0 for no shifts, got 1',
    ],
    [
      ['produce', '--endpoint', 'localhost'],
      "error: --endpoint must be a URL such as http://127.0.0.1:4566, got 'localhost'",
    ],
    [['watch'], /^error: no service to talk to/],
    [
      ['watch', '--topic', 'changes'],
      /It must be the ARN of an SNS topic, such as arn:\S+, got 'changes'\. \(see aed watch --help\)$/,
    ],
    [['watch', '-r', 'eu-west-1'], /^error: --topic must be given as well/],
    [['series', '--limit', 'all'], /It must be a whole number of at least 1, got 'all'/],
    [['series', '-r', 'eu-west-1'], /^error: --events-table and --change-points-table must be given as well/],
    [['history'], "error: missing required argument 'series' (see aed history --help)"],
    [['local', '--data', ''], /It must not be empty, got ''. \(see aed local --help\)$/],
    [['local', '--port', '99999'], /It must be a whole number from 1 to 65531, got '99999'/],
    [
      ['local', '--statistic', 'scan', '--false-alarm-every', '1d'],
      "error: --false-alarm-every must be a number of readings, got '1d': a service does not know how far apart readings are; a time works for a file, as with `aed detect`",
    ],
    [
      ['local', '--statistic', 'scan', '--period', '24h'],
      "error: --period must be a number of readings, or a time that is a whole number of intervals, got '24h' without an interval",
    ],
    [['local', '-x', '1'], /^error: --startup must be .*, got 1$/],
    [['replay', '--port', '80'], 'error: --port is the port of the page; it needs --serve'],
    [['replay', '--rate', 'fast'], /It must be a number, got 'fast'\. \(see aed replay --help\)$/],
    [['replay', 'nile'], /^error: too many arguments .* \(see aed replay --help\)$/],
    [['validate', '--wait', 'x'], /It must be a duration such as 30s, 5m or 1h, got 'x'/],
  ])('aed %j', async (args, message) => {
    const { code, out, error } = await runHere(args);
    expect(error.split('\n')).toEqual([
      typeof message === 'string' ? message : expect.stringMatching(message),
      '',
    ]);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});

describe('an error of the engine is no wrong command line, whatever its kind', () => {
  test.each<[string, () => unknown]>([
    ['a text too long', () => 'x'.repeat(2 ** 30)],
    ['an array too long', () => new Array(-1)],
    [
      'too many calls',
      () =>
        (function again(): unknown {
          return [again()];
        })(),
    ],
    ['a buffer too large', () => new ArrayBuffer(2 ** 53 - 1)],
    ['a time that is none', () => new Date(Number.NaN).toISOString()],
    ['digits that a number cannot have', () => (1).toFixed(101)],
    ['an argument out of range', () => Buffer.alloc(1).readInt8(2)],
    ['a zone that does not exist', () => new Intl.DateTimeFormat('en', { timeZone: 'Nowhere' })],
  ])('%s', async (_, fail) => {
    const input = new Readable({
      read() {
        try {
          fail();
        } catch (error) {
          this.destroy(error as Error);
        }
      },
    });
    const { code, error } = await runHere(['detect', '-'], { input });
    expect(error).toMatch(/^error: .+\n$/);
    expect(code).toBe(1);
  });
});

describe('an input that cannot be used gets one line, and exit code 1', () => {
  test.each([
    ['no file', ['detect', 'no-such.csv'], '', 'error: cannot read no-such.csv: there is no such file'],
    ['a folder', ['detect', '.'], '', 'error: cannot read .: it is a folder'],
    [
      'no data set',
      ['replay', '--dataset', 'rhine'],
      '',
      'error: cannot read rhine: there is no such file; data sets by name are sensor-network and nile',
    ],
    ['nothing', ['detect', '-'], '', 'error: standard input has no reading'],
    ['a header alone', ['detect', '-'], 'value\n', 'error: standard input has no reading'],
    [
      'no number at all',
      ['detect', '-', '--header'],
      'value\na\nb\n',
      "error: standard input has no reading in 2 rows: 2 not-a-number, the first in row 2: 'a'; numbers are read as in 1234.5, 1,234.5, 1.234,5, 1 234,5 or 1'234.5, with one unit behind a space at most; --column names another column, --delimiter another separator",
    ],
    [
      'a JSON object without a value',
      ['detect', '-'],
      '{\n}\n',
      'error: standard input has no reading in 1 row: 1 empty, the first in row 1',
    ],
    [
      'a JSON array without an end',
      ['detect', '-'],
      '[\n  {"value": 1},\n',
      'error: standard input: it is not JSON: the array has no end after element 1',
    ],
    [
      'a damaged gzip file',
      ['detect', '-'],
      gzipSync('value\n1\n').subarray(0, -9),
      /^error: standard input is damaged, as gzip: /,
    ],
    [
      'an Excel workbook',
      ['detect', '-'],
      Buffer.from('PK\u0003\u0004\u0014\0\0\0[Content_Types].xml\0xl/workbook.xml', 'latin1'),
      'error: standard input is an Excel workbook (.xlsx); save the sheet as CSV (UTF-8)',
    ],
    [
      'another archive',
      ['detect', '-'],
      Buffer.from('PK\u0003\u0004\u0014\0\0\0readings.csv', 'latin1'),
      'error: standard input is a ZIP archive; unpack it, such as with unzip -p',
    ],
    [
      'binary data',
      ['detect', '-'],
      Buffer.from([1, 2, 3, 0, 0, 0, 7, 8]),
      'error: standard input is no text but binary data; export it as CSV or JSON Lines',
    ],
    [
      'several columns',
      ['detect', '-'],
      'a,b\n1,2\n',
      "error: standard input: choose the column of the values with --column, or take all that have numbers with --all-columns; the columns are 'a', 'b'",
    ],
    [
      'no such column',
      ['detect', '-', '--column', 'c'],
      'a,b\n1,2\n',
      "error: standard input: there is no column 'c'; the columns are 'a', 'b'",
    ],
    [
      'a column twice',
      ['detect', '-', '--column', 'a'],
      'a,b,a\n1,2,3\n',
      "error: standard input: there are several columns 'a'; choose one by its number, from 1 to 3",
    ],
    [
      'a usual column twice',
      ['detect', '-'],
      'value,value\n1,2\n',
      "error: standard input: there are several columns 'value'; choose one by its number, from 1 to 2",
    ],
    [
      'a bad row',
      ['detect', '-', '--on-bad', 'fail'],
      'value\n1\n\n2\n',
      'error: standard input: row 3: it has no value; --on-bad skip leaves such rows out',
    ],
    [
      'a bad line',
      ['detect', '-', '--on-bad', 'fail'],
      '{"value":1}\nvalue\n',
      'error: standard input: row 2: it is neither a JSON object nor a number; --on-bad skip leaves such rows out',
    ],
    [
      'a series that is an object',
      ['detect', '-', '--on-bad', 'fail'],
      '{"value":1}\n{"seriesId":{"toString":1},"value":1}\n',
      'error: standard input: row 2: its series must be text or a number, got an object or array; --on-bad skip leaves such rows out',
    ],
    [
      'a value that is an array',
      ['detect', '-', '--on-bad', 'fail'],
      '{"value":1}\n{"value":[2]}\n',
      "error: standard input: row 2: 'an object or array' is not a number; --on-bad skip leaves such rows out",
    ],
    ['an open quote', ['detect', '-'], 'value\n"1\n2\n', /^error: standard input: it is not CSV: /],
    [
      'an endpoint where nothing is',
      ['produce', '--fast', '--endpoint', 'http://127.0.0.1:1'],
      '',
      /^error: connect ECONNREFUSED 127.0.0.1:1 \(nothing answers there; start `aed local`, or check --endpoint\)$/,
    ],
    [
      'a file that cannot be written',
      ['produce', '--csv', '/no-such-folder/a.csv'],
      '',
      'error: cannot write /no-such-folder/a.csv: there is no such folder',
    ],
  ])('%s', async (_, args, input, message) => {
    const { code, out, error } = await runHere(args, { input });
    expect(error.split('\n')).toEqual([
      typeof message === 'string' ? message : expect.stringMatching(message),
      '',
    ]);
    expect(out).toBe('');
    expect(code).toBe(1);
  });

  test('a report that cannot be written', async () => {
    const file = join(folder, 'a.csv');
    await writeFile(file, 'value\n1\n2\n');
    const { code, out, error } = await runHere(['detect', file, '--report', '/no-such-folder/a.html']);
    expect(error).toMatch(/^error: cannot write \/no-such-folder\/a.html: .*\n$/);
    expect(out).toBe('');
    expect(code).toBe(1);
  });
});

test('a port that is taken and a folder that is a file are errors of one line', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const onPort = await runHere(['local', '--port', String(port)]);
  taken.close();
  expect(onPort.error).toBe(
    `error: port ${port} of 127.0.0.1 is taken by another program; choose another one with --port\n`,
  );
  expect(onPort.code).toBe(1);

  const file = join(folder, 'file');
  await writeFile(file, '');
  const inFile = await runHere(['local', '--data', file]);
  expect(inFile.error).toMatch(
    /^error: cannot keep data in .*file: it is a file; name another folder with --data\n$/,
  );
  expect(inFile.code).toBe(1);
});

test.runIf(process.platform === 'linux')(
  'a folder that the system does not make is an error of one line',
  async () => {
    const { code, error } = await runHere(['local', '--data', '/proc/aed/data']);
    expect(error).toMatch(
      /^error: cannot keep data in \/proc\/aed\/data: there is no such folder; name another folder with --data\n$/,
    );
    expect(code).toBe(1);
  },
);

test('an endpoint that is no AWS service is an error of one line', async () => {
  const other = createHttpServer((_, response) => response.end('<html>')).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { code, error } = await runHere(['produce', '--fast', '--endpoint', `http://127.0.0.1:${port}`]);
  other.close();
  expect(error).toMatch(
    /^error: .* is not valid JSON \(the answer is not that of an AWS service; check --endpoint\)\n$/,
  );
  expect(code).toBe(1);
});

describe('help', () => {
  const commands = [
    'replay',
    'local',
    'produce',
    'put',
    'watch',
    'series',
    'history',
    'acknowledge',
    'options',
    'mute',
    'correct',
    'forget',
    'validate',
    'detect',
    'quarantine',
  ];

  test.each(commands)('aed %s --help has examples', async (name) => {
    const { code, out } = await runHere([name, '--help']);
    expect(code).toBe(0);
    expect(out).toContain(`aed ${name}`);
    expect(out).toContain('Examples:');
  });

  test('aed --help names every command and the exit codes', async () => {
    const { code, out } = await runHere(['--help']);
    expect(code).toBe(0);
    for (const name of commands) expect(out).toContain(name);
    expect(out).toContain(
      'Exit codes: 0 done, 1 failed, 2 wrong command line, 3 change points with --fail-on change,\n130 interrupted.',
    );
  });

  const ofQuarantine = ['quarantine list', 'quarantine show', 'quarantine replay'];
  const ofRules = ['options list', 'options get', 'options set', 'options unset', 'mute list', 'unmute'];
  test.each(['', ...commands, ...ofQuarantine, ...ofRules])(
    'aed %s --help is at most 100 characters wide',
    async (command) => {
      const words = command.split(' ').filter((word) => word !== '');
      const { out } = await runHere([...words, '--help']);
      expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
    },
  );

  test('aed --version is that of the package', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(await runHere(['--version'])).toEqual({ code: 0, out: `${version}\n`, error: '' });
  });

  test('aed alone shows the help, with exit code 2', async () => {
    const { code, error } = await runHere([]);
    expect(code).toBe(2);
    expect(error).toContain('Usage: aed');
  });
});
