import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { type Running, startAed } from '../aed.ts';

/** What a failed test has left. */
const running = new Set<Running>();
afterAll(() => {
  for (const { child } of running) child.kill('SIGKILL');
});

/** A run that reads what is put into it, and gets no end. */
function detectLive(...args: readonly string[]) {
  const aed = startAed(['detect', '-', ...args]);
  running.add(aed);
  return {
    ...aed,
    put: (text: string | Buffer) => void aed.child.stdin?.write(text),
    /** Its lines up to one that matches. */
    async linesTo(last: RegExp): Promise<readonly string[]> {
      const lines = [await aed.nextLine()];
      while (!last.test(lines.at(-1) ?? '')) lines.push(await aed.nextLine());
      return lines;
    },
    interrupt(): Promise<number | null> {
      aed.child.kill('SIGINT');
      return aed.ended();
    },
  };
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
  const aed = detectLive();
  aed.put(`timestamp,value\n${rows(0, 50, csv)}`);
  expect(await aed.nextLine()).toMatch(/^▲ since 30, known \d+, .*2026-01-31T00:30:00Z/);
  aed.put(rows(50, 80, csv));
  expect(await aed.nextLine()).toMatch(/^▼ since 60, /);
  // A row that is not whole is no reading.
  aed.put(`${timeOf(80)},2`);
  const ended = aed.interrupt();
  const table = await aed.linesTo(/interrupted$/);
  expect(table.filter((line) => /^│ [36]0 /.test(line))).toHaveLength(2);
  expect(table.at(-1)).toMatch(/^80 rows, 1 series, 2 change points; .* s, interrupted$/);
  expect(await ended).toBe(130);
  expect(aed.error()).toBe('stopped\n');
});

test.concurrent.each<[string, (row: number) => string]>([
  ['JSON Lines', (row) => JSON.stringify({ timestamp: timeOf(row), value: levelOf(row) })],
  ['CSV with quotes', (row) => `"a","${levelOf(row)}"`],
  ['numbers alone', (row) => String(levelOf(row))],
  [
    'CSV below a title',
    (row) => (row === 0 ? 'Boiler 7, 2026\n\nwhen;temp' : `${timeOf(row)};${levelOf(row)}`),
  ],
])('in %s, each change is one line of JSON at once', async (_, rowOf) => {
  const aed = detectLive('--json');
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
});

test.concurrent('what cannot be decided by the first rows waits for more, and says so', async () => {
  const aed = detectLive('--json', '--column', 'value');
  const dated = (row: number) => {
    const day = 1 + Math.floor(row / 4);
    return `${String(day).padStart(2, '0')}/01/2026 ${String((row % 4) * 6).padStart(2, '0')}:00,${levelOf(row)}`;
  };
  aed.put(`timestamp,value\n${rows(0, 20, dated)}`);
  await aed.errorTo(/waits for more rows: the dates of column 'timestamp' read in two ways/);
  aed.put(rows(20, 80, dated));
  expect(JSON.parse(await aed.nextLine())).toMatchObject({
    changedAt: 30,
    changedAtTime: '2026-01-08T12:00:00Z',
  });
  expect(await aed.interrupt()).toBe(130);
});

test.concurrent('a row that comes after later ones were read is left out and counted', async () => {
  const aed = detectLive('--json');
  aed.put(`timestamp,value\n${rows(0, 50, csv)}`);
  expect(JSON.parse(await aed.nextLine())).toMatchObject({ changedAt: 30 });
  // Held back until the input pauses again, and then too late.
  aed.put(`${csv(20)}\n${rows(50, 80, csv)}`);
  expect(JSON.parse(await aed.nextLine())).toMatchObject({ changedAt: 61 });
  const ended = aed.interrupt();
  expect(JSON.parse(await aed.nextLine())).toMatchObject({ rows: 81, skippedReasons: { late: 1 } });
  expect(await ended).toBe(130);
});

test.concurrent('readings in gzip are read as they come, too', async () => {
  const aed = detectLive('--json');
  // Two members: what is decompressed of the first is shown before the second comes.
  aed.put(gzipSync(`timestamp,value\n${rows(0, 50, csv)}`));
  expect(JSON.parse(await aed.nextLine())).toMatchObject({ changedAt: 30 });
  aed.put(gzipSync(rows(50, 80, csv)));
  expect(JSON.parse(await aed.nextLine())).toMatchObject({ changedAt: 60 });
  expect(await aed.interrupt()).toBe(130);
});
