import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { run } from '../../../cli/run.ts';
import { type Running, startAed } from '../aed.ts';
import { sink } from '../in-process.ts';

/** What a failed test has left. */
const running = new Set<Running>();
afterAll(() => {
  for (const { child } of running) child.kill('SIGKILL');
});

/** A run that reads what is put into it, and gets no end. */
interface Live {
  put(text: string | Buffer): void;
  nextLine(): Promise<string>;
  /** Waits until standard error matches. */
  errorTo(pattern: RegExp): Promise<void>;
  error(): string;
  /** Ctrl-C. @returns the exit code */
  interrupt(): Promise<number | null>;
}

function ofItsOwn(...args: readonly string[]): Live {
  const aed = startAed(['detect', '-', ...args]);
  running.add(aed);
  return { ...aed, put: (text) => void aed.child.stdin?.write(text), interrupt: () => aed.end('SIGINT') };
}

/** The same in this process. */
function inThis(...args: readonly string[]): Live {
  const input = new PassThrough();
  const [out, error] = [sink(), sink()];
  const interrupt = new AbortController();
  const lines = createInterface({ input: out.stream })[Symbol.asyncIterator]();
  const context = {
    input,
    out: out.stream,
    error: error.stream,
    signal: interrupt.signal,
    environment: {},
  };
  const code = run(['detect', '-', ...args], context);
  return {
    put: (text) => void input.write(text),
    nextLine: async () => (await lines.next()).value,
    async errorTo(pattern) {
      while (!pattern.test(error.text())) await once(error.stream, 'data');
    },
    error: error.text,
    interrupt() {
      interrupt.abort(new Error('interrupted'));
      return code;
    },
  };
}

async function linesTo(last: RegExp, { nextLine }: Live): Promise<readonly string[]> {
  const lines = [await nextLine()];
  while (!last.test(lines.at(-1) ?? '')) lines.push(await nextLine());
  return lines;
}

const start = Date.parse('2026-01-31T00:00:00Z');
const timeOf = (row: number) => new Date(start + row * 60_000).toISOString();
/** The level moves up by 5 at row 30, back at row 60, and so on. */
const levelOf = (row: number) => (row % 60 < 30 ? 20 : 25) + ((row * 7) % 10) / 10;

function rows(from: number, to: number, rowOf: (row: number) => string): string {
  return Array.from({ length: to - from }, (_, index) => `${rowOf(from + index)}\n`).join('');
}

const csv = (row: number) => `${timeOf(row)},${levelOf(row)}`;

test.concurrent('each change is shown while the input waits, and Ctrl-C shows what was read', async () => {
  const aed = ofItsOwn();
  aed.put(`timestamp,value\n${rows(0, 50, csv)}`);
  expect(await aed.nextLine()).toMatch(/^▲ since 30, known \d+, .*2026-01-31T00:30:00Z/);
  aed.put(rows(50, 80, csv));
  expect(await aed.nextLine()).toMatch(/^▼ since 60, /);
  // A row that is not whole is no reading.
  aed.put(`${timeOf(80)},2`);
  const ended = aed.interrupt();
  const table = await linesTo(/interrupted$/, aed);
  expect(table.filter((line) => /^│ [36]0 /.test(line))).toHaveLength(2);
  expect(table.at(-1)).toMatch(/^80 rows, 1 series, 2 change points; .* s, interrupted$/);
  expect(await ended).toBe(130);
  expect(aed.error()).toBe('stopped\n');
}, 60_000);

test.concurrent.each<[string, (row: number) => string]>([
  ['JSON Lines', (row) => JSON.stringify({ timestamp: timeOf(row), value: levelOf(row) })],
  ['CSV with quotes', (row) => `"a","${levelOf(row)}"`],
  ['numbers alone', (row) => String(levelOf(row))],
  [
    'CSV below a title',
    (row) => (row === 0 ? 'Boiler 7, 2026\n\nwhen;temp' : `${timeOf(row)};${levelOf(row)}`),
  ],
])(
  'in %s, each change is one line of JSON at once',
  async (_, rowOf) => {
    const aed = inThis('--json');
    aed.put(rows(0, 50, rowOf));
    const { type, changedAt } = JSON.parse(await aed.nextLine());
    expect(type).toBe('changePoint');
    expect([29, 30]).toContain(changedAt);
    const ended = aed.interrupt();
    expect(JSON.parse(await aed.nextLine())).toMatchObject({
      type: 'summary',
      found: 1,
      isInterrupted: true,
    });
    expect(await ended).toBe(130);
  },
  60_000,
);

test.concurrent('what cannot be decided by the first rows waits for more, and says so', async () => {
  const aed = inThis('--json', '--column', 'value');
  const dated = (row: number) => {
    const day = 1 + Math.floor(row / 4);
    return `${String(day).padStart(2, '0')}/01/2026 ${String((row % 4) * 6).padStart(2, '0')}:00,${levelOf(row)}`;
  };
  aed.put(`timestamp,value\n${rows(0, 20, dated)}`);
  await aed.errorTo(
    /waits for more rows: the dates of column 'timestamp' can be read in two ways.* \(100 rows decide\)/,
  );
  aed.put(rows(20, 80, dated));
  expect(JSON.parse(await aed.nextLine())).toMatchObject({
    changedAt: 30,
    changedAtTime: '2026-01-08T12:00:00Z',
  });
  expect(await aed.interrupt()).toBe(130);
}, 60_000);

test.concurrent('a time among the options holds readings back, and that is said before any comes', async () => {
  const aed = inThis('--json', '--false-alarm-every', '1w');
  const said =
    'standard input: holding back the first 101 readings of each series, which tell how far apart they are; with --false-alarm-every in readings, not as a time, none is held back\n';
  await aed.errorTo(/holding back/);
  expect(aed.error()).toBe(said);
  aed.put(`timestamp,value\n${rows(0, 110, csv)}`);
  expect(JSON.parse(await aed.nextLine())).toMatchObject({ changedAt: 30 });
  expect(await aed.interrupt()).toBe(130);
  expect(aed.error()).toBe(`${said}stopped\n`);
}, 60_000);

test.concurrent('a row that comes after later ones were read is left out and counted', async () => {
  const aed = inThis('--json');
  aed.put(`timestamp,value\n${rows(0, 50, csv)}`);
  expect(JSON.parse(await aed.nextLine())).toMatchObject({ changedAt: 30 });
  // Held back until the input pauses again, and then too late.
  aed.put(`${csv(20)}\n${rows(50, 80, csv)}`);
  expect(JSON.parse(await aed.nextLine())).toMatchObject({ changedAt: 61 });
  expect(aed.error()).toBe(
    "standard input: row 52 has no reading: '2026-01-31T00:20:00Z'; further ones are counted at the end\n",
  );
  const ended = aed.interrupt();
  expect(JSON.parse(await aed.nextLine())).toMatchObject({ rows: 81, skippedReasons: { late: 1 } });
  expect(await ended).toBe(130);
}, 60_000);

test.concurrent('columns and devices that come later are told', async () => {
  const aed = inThis('--json', '--all-columns');
  const json = (fields: (row: number) => object) => (row: number) =>
    JSON.stringify({ timestamp: timeOf(row), temp: levelOf(row), ...fields(row) });
  aed.put(
    rows(
      0,
      50,
      json(() => ({ where: 'east' })),
    ),
  );
  expect(JSON.parse(await aed.nextLine())).toMatchObject({ changedAt: 30 });
  aed.put(
    rows(
      50,
      80,
      json((row) => ({ where: row % 2 === 0 ? 'east' : 'west', rh: 40 + (row % 7) })),
    ),
  );
  expect(JSON.parse(await aed.nextLine())).toMatchObject({ changedAt: 60 });
  const ended = aed.interrupt();
  const { readAs, hint } = JSON.parse(await aed.nextLine());
  expect(readAs).toContain("nothing from 'rh', not there at first (--column)");
  expect(hint).toMatch(/^'where' has 2 values/);
  expect(await ended).toBe(130);
}, 60_000);

test.concurrent('rows that must all be sorted wait for the end, and that is said', async () => {
  const aed = inThis('--json', '--sort');
  aed.put(`timestamp,value\n${rows(0, 50, csv)}`);
  await aed.errorTo(/waits for more rows: all must be sorted, up to the last/);
  const ended = aed.interrupt();
  expect(JSON.parse(await aed.nextLine())).toMatchObject({ changedAt: 30 });
  expect(await ended).toBe(130);
});

test.concurrent('readings in gzip are read as they come, too', async () => {
  const aed = inThis('--json');
  // Two members: what is decompressed of the first is shown before the second comes.
  aed.put(gzipSync(`timestamp,value\n${rows(0, 50, csv)}`));
  expect(JSON.parse(await aed.nextLine())).toMatchObject({ changedAt: 30 });
  aed.put(gzipSync(rows(50, 80, csv)));
  expect(JSON.parse(await aed.nextLine())).toMatchObject({ changedAt: 60 });
  expect(await aed.interrupt()).toBe(130);
}, 60_000);

test.concurrent('what fails midway ends it, though more may come', async () => {
  const aed = startAed(['detect', '-', '--on-bad', 'fail']);
  running.add(aed);
  aed.child.stdin?.write(`${rows(0, 20, String)}none\n${rows(20, 40, String)}`);
  expect(await aed.ended()).toBe(1);
  expect(aed.error()).toContain("'none' says that there is no value");
}, 60_000);
