import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonLines } from '../../json-lines.ts';
import { runsOf } from '../../use/share-of-runs.ts';
import { runHere } from '../in-process.ts';

const dayMs = 86_400_000;
const two = (number: number) => String(number).padStart(2, '0');

/** The numbers of a date and its time of day. */
interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly clock: string;
}

function partsOf(ms: number): Parts {
  const date = new Date(ms);
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), clock };
}

/** Takes the day for the month where that can be. */
const exchanged = (parts: Parts): Parts =>
  parts.day > 12 ? parts : { ...parts, month: parts.day, day: parts.month };

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const writings = {
  'ISO 8601': ({ year, month, day, clock }: Parts) => `${year}-${two(month)}-${two(day)}T${clock}:00Z`,
  'ISO 8601 with an offset': ({ year, month, day, clock }: Parts) =>
    `${year}-${two(month)}-${two(day)} ${clock}+05:30`,
  'the month first': ({ year, month, day, clock }: Parts) => `${month}/${day}/${year} ${clock}`,
  'the day first': ({ year, month, day, clock }: Parts) => `${two(day)}.${two(month)}.${year} ${clock}`,
  'names of months': ({ year, month, day, clock }: Parts) => `${day} ${months[month - 1]} ${year} ${clock}`,
} as const;

/** Readings every so often from a day of 2026 on, for some six weeks or more: with days that can be taken for months, and others. */
const anySeries = fc.record({
  stepHours: fc.constantFrom<number[]>(1, 3, 6, 12, 24),
  startDay: fc.integer({ min: 0, max: 300 }),
  days: fc.integer({ min: 45, max: 80 }),
  isBackward: fc.boolean(),
  writing: fc.constantFrom(...(Object.keys(writings) as (keyof typeof writings)[])),
});
type Series = typeof anySeries extends fc.Arbitrary<infer Value> ? Value : never;

/** A level that rises in the middle. */
function rowsOf({ stepHours, startDay, days, isBackward }: Series) {
  const count = Math.round((days * 24) / stepHours);
  const rows = Array.from({ length: count }, (_, index) => ({
    parts: partsOf(Date.UTC(2026, 0, 1) + startDay * dayMs + index * stepHours * 3_600_000),
    value: (index < count / 2 ? 20 : 24) + ((index * 7) % 10) / 10,
  }));
  return isBackward ? rows.reverse() : rows;
}

async function detect(rows: readonly string[], ...flags: readonly string[]) {
  const input = `${['date,value', ...rows].join('\n')}\n`;
  const { code, out, error } = await runHere(['detect', '-', '--json', ...flags], { input });
  return { code, error, changes: out === '' ? [] : jsonLines(out).slice(0, -1) };
}

describe('dates of which the day was taken for the month where it can be', () => {
  test('are refused, whatever they are written as', async () => {
    await fc.assert(
      fc.asyncProperty(anySeries, async (series) => {
        const write = writings[series.writing];
        const { code, error } = await detect(
          rowsOf(series).map(({ parts, value }) => `${write(exchanged(parts))},${value}`),
        );
        expect(error).toContain(
          "the times of column 'date' leap to and fro, and run on only if day and month are exchanged",
        );
        expect(code).toBe(1);
      }),
      { numRuns: runsOf(40) },
    );
  });

  test.each<[string, Partial<Series>, string[]]>([
    ['one date at the start', { startDay: 11 }, []],
    ['one date at the end', { startDay: 12, stepHours: 4 }, []],
    ['after a long head', { startDay: 12, days: 30, stepHours: 1 / 12 }, []],
    ['after a long head, sorted', { startDay: 12, days: 30, stepHours: 1 / 12 }, ['--sort']],
    ['after a long head, newest first', { startDay: 304, days: 27, stepHours: 1 / 20, isBackward: true }, []],
  ])('are refused wherever they are: %s', async (_, given, flags) => {
    const series = { stepHours: 24, days: 20, isBackward: false, writing: 'ISO 8601', ...given } as Series;
    const write = writings[series.writing];
    const { code, error } = await detect(
      rowsOf(series).map(({ parts, value }) => `${write(exchanged(parts))},${value}`),
      ...flags,
    );
    expect(error).toContain('run on only if day and month are exchanged');
    expect(code).toBe(1);
  });

  test('are taken as they are if their form is given', async () => {
    const rows = Array.from({ length: 60 }, (_, day) => partsOf(Date.UTC(2026, 0, 1 + day))).map(exchanged);
    const { code } = await detect(
      rows.map((parts, index) => `${parts.year}-${parts.month}-${parts.day},${index % 7}`),
      '--time-format',
      '%Y-%m-%d',
    );
    expect(code).toBe(0);
  });
});

test('dates as they should be are read, also where some rows come late', async () => {
  const place = fc.double({ min: 0, max: 0.999, noNaN: true });
  const delays = fc.array(fc.tuple(place, fc.integer({ min: 1, max: 20 })), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(anySeries, delays, async (series, moves) => {
      const write = writings[series.writing];
      const textOf = ({ parts, value }: ReturnType<typeof rowsOf>[number]) => `${write(parts)},${value}`;
      const rows = rowsOf(series).map(textOf);
      const late = [...rows];
      for (const [share, by] of moves) {
        const index = Math.floor(share * rows.length);
        late.splice(index + by, 0, ...late.splice(index, 1));
      }
      const inOrder = await detect(rowsOf({ ...series, isBackward: false }).map(textOf));
      expect(inOrder).toMatchObject({ code: 0, error: '', changes: [{ direction: 'up' }] });
      expect(await detect(late, '--sort')).toEqual(inOrder);
    }),
    { numRuns: runsOf(40) },
  );
});

test('days that stand in any order are no days taken for months', async () => {
  const blocks = fc.array(fc.tuple(fc.integer({ min: 0, max: 360 }), fc.integer({ min: 2, max: 6 })), {
    minLength: 2,
    maxLength: 5,
  });
  await fc.assert(
    fc.asyncProperty(blocks, anySeries, async (starts, { stepHours, writing }) => {
      const rows = starts.flatMap(([startDay, days]) =>
        rowsOf({ stepHours, startDay, days, isBackward: false, writing }).map(
          ({ parts, value }) => `${writings[writing](parts)},${value}`,
        ),
      );
      expect((await detect(rows, '--sort')).error).not.toContain('exchanged');
    }),
    { numRuns: runsOf(200) },
  );
});

describe('dates with the day first in some rows and the month in others', () => {
  const day = (index: number) => partsOf(Date.UTC(2026, 0, 1 + index));
  const dmy = (index: number) => `${day(index).day}/${day(index).month}/2026`;
  const mdy = (index: number) => `${day(index).month}/${day(index).day}/2026`;

  test.each<[string, (index: number) => string]>([
    ['one file behind another', (index) => (index < 50 ? dmy : mdy)(index)],
    ['two loggers in turn', (index) => (index % 2 === 0 ? dmy : mdy)(index)],
    ['one in ten', (index) => (index % 10 === 5 ? dmy : mdy)(index)],
  ])('are refused: %s', async (_, write) => {
    const { code, error } = await detect(
      Array.from({ length: 200 }, (_, index) => `${write(index)},${index % 7}`),
    );
    expect(error).toMatch(
      /the dates of column 'date' have the day first in some rows, such as '(1[3-9]|[23]\d)\/\d+\/2026', and the month in others, such as '\d+\/(1[3-9]|[23]\d)\/2026'|can be read in two ways/,
    );
    expect(code).toBe(1);
  });

  test('a single slip is a row without a time', async () => {
    const rows = Array.from(
      { length: 200 },
      (_, index) => `${(index === 99 ? dmy : mdy)(index + 5)},${index % 7}`,
    );
    const { code, error } = await detect(rows);
    expect([code, error]).toEqual([0, '']);
  });
});
