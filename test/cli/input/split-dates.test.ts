import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonLines } from '../../json-lines.ts';
import { runHere } from '../in-process.ts';

/** A level of 20, then of 24 from reading 40 on, with a little noise. */
const values = Array.from({ length: 80 }, (_, index) => (index < 40 ? 20 : 24) + ((index * 7) % 10) / 10);
const change = { changedAt: 40, direction: 'up' };

async function detect(header: string, rows: readonly string[]) {
  const { code, out, error } = await runHere(['detect', '-', '--json', '--column', 'temp'], {
    input: `${[header, ...rows].join('\n')}\n`,
  });
  return { code, error, changes: out === '' ? [] : jsonLines(out).slice(0, -1) };
}

/** Parts of dates, as columns: their names, and the numbers of a time. */
const forms = {
  'YY,MM,DD': (at: Date) => [at.getUTCFullYear() % 100, at.getUTCMonth() + 1, at.getUTCDate()],
  '#YY,MM,DD': (at: Date) => [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()],
  'a,b,c': (at: Date) => [at.getUTCDate(), at.getUTCMonth() + 1, at.getUTCFullYear()],
  'M,D,Y': (at: Date) => [at.getUTCMonth() + 1, at.getUTCDate(), at.getUTCFullYear()],
  'Y,DOY': (at: Date) => [
    at.getUTCFullYear(),
    Math.floor((at.getTime() - Date.UTC(at.getUTCFullYear(), 0)) / 86_400_000) + 1,
  ],
};

describe('a date in several columns', () => {
  const table = fc.record({
    form: fc.constantFrom(...Object.entries(forms)),
    everyMinutes: fc.constantFrom(10, 60, 420, 1440, 10_080),
    start: fc.date({ min: new Date('2001-01-01'), max: new Date('2030-12-31'), noInvalidDate: true }),
    isPadded: fc.boolean(),
  });
  const written = ({
    form: [names, partsOf],
    everyMinutes,
    start,
    isPadded,
  }: typeof table extends fc.Arbitrary<infer T> ? T : never) => ({
    header: `${names},hh,mm,temp`,
    rows: values.map((value, index) => {
      const at = new Date(start.getTime() + index * everyMinutes * 60_000);
      const numbers = [...partsOf(at), at.getUTCHours(), at.getUTCMinutes()];
      return [...numbers.map((number) => String(number).padStart(isPadded ? 2 : 1, '0')), value].join(',');
    }),
  });

  test('that runs backward turns no change round', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (given) => {
        const { header, rows } = written(given);
        const { code, error, changes } = await detect(header, rows.toReversed());
        // Days of a year at midnight count down in each row, and are read as times.
        if (code === 0) expect(changes).toMatchObject([change]);
        else expect(error).toMatch(/runs backward.*oldest row first/);
      }),
      { numRuns: 60 },
    );
  });

  test('says nothing where it runs forward', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (given) => {
        const { header, rows } = written(given);
        expect((await detect(header, rows)).changes).toMatchObject([change]);
      }),
      { numRuns: 30 },
    );
  });

  test('is named in the refusal', async () => {
    const rows = values.map(
      (value, index) => `2026 03 ${31 - (index >> 3)} ${23 - 2 * (index % 8)} 50 ${value}`,
    );
    expect((await detect('#YY MM DD hh mm temp', rows)).error).toContain(
      "'YY' to 'mm' seem to be a date in 5 columns, which runs backward, from '2026 03 31 23 50' to '2026 03 22 9 50'",
    );
  });

  test('a year that stays the same is said to do so', async () => {
    const rows = values.map((value, index) => `2026,${1 + (index >> 4)},${1 + (index % 16)},${value}`);
    const { out } = await runHere(['detect', '-', '--column', 'temp'], {
      input: ['Year,Month,Day,temp', ...rows].join('\n'),
    });
    expect(out).toContain("no times from 'Year', which stays the same from row to row (--time-column)");
  });

  test('is no three counts that fall now and then', async () => {
    const rows = values.map(
      (value, index) => `${index < 30 ? 9 : 8},${index < 50 ? 4 : 3},${30 - (index >> 3)},${value}`,
    );
    expect((await detect('pumps,lines,filters,temp', rows)).changes).toMatchObject([change]);
  });
});

describe('a column that falls by the same step in each row', () => {
  test.each([
    ['JD', (i: number) => (2_461_021.78571 - i / 7).toFixed(5)],
    ['flux time', (i: number) => (61_021.2857 - i / 7).toFixed(4)],
    ['x', (i: number) => (395 - 5 * i).toString()],
    ['offset', (i: number) => (-0.25 * i).toFixed(2)],
  ])('%s: the newest row stands first', async (name, at) => {
    const rows = values.map((value, index) => `${at(index)},${value}`);
    const { error, changes } = await detect(`${name},temp`, rows);
    // As a time it is read, and the rows are sorted.
    if (error === '') expect(changes).toMatchObject([{ direction: 'down' }]);
    else expect(error).toContain(`'${name}' runs backward`);
  });

  test.each([
    ['battery', (i: number) => (12.6 - 0.01 * i - (i % 3 === 0 ? 0.004 : 0)).toFixed(3)],
    ['time to go', (i: number) => (900 - 10 * i).toString()],
    ['limit', () => '30'],
  ])('%s falls otherwise', async (name, at) => {
    const rows = values.map((value, index) => `${at(index)},${value}`);
    expect((await detect(`${name},temp`, rows)).changes).toMatchObject([change]);
  });
});
