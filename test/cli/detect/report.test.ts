import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import type { Drawing } from '../../../cli/report/drawing.ts';
import { useFolder } from '../../use/folder.ts';
import { runsOf } from '../../use/share-of-runs.ts';
import { runHere } from '../in-process.ts';

const folder = useFolder();
const start = Date.parse('2026-01-30T22:00:00Z');
const time = (minute: number) => new Date(start + 60_000 * minute).toISOString();
const wiggle = (index: number) => ((index * index * 31) % 97) / 97;

/** What the report of an input says, and what its script draws. */
async function reportOf(input: string, ...flags: readonly string[]) {
  const path = join(folder, 'report.html');
  const { code, error } = await runHere(['detect', '-', ...flags, '--report', path], { input });
  expect({ code, error }).toEqual({ code: 0, error: `report written to ${path}\n` });
  const { document } = parseHTML(await readFile(path, 'utf8'));
  const drawing: Drawing = JSON.parse(document.querySelector('#report')?.textContent ?? '');
  const textsOf = (selector: string) =>
    [...document.querySelectorAll(selector)].map(({ textContent }) => textContent ?? '');
  const names = textsOf('dt');
  const facts = Object.fromEntries(textsOf('dd').map((text, index) => [names[index], text]));
  return { document, drawing, textsOf, facts };
}

test('a report with a change point says what its columns mean, as the terminal does', async () => {
  const rows = (jump: number) =>
    Array.from({ length: 60 }, (_, index) => wiggle(index) + (index < 30 ? 0 : jump)).join('\n');
  const { textsOf } = await reportOf(rows(9), '--statistic', 'scan');
  const { out } = await runHere(['detect', '-', '--statistic', 'scan'], { input: rows(9) });
  const meanings = textsOf('.columns li');
  expect(meanings.map((text) => text.split(':')[0])).toEqual(['since', 'level', 'p', 'kind']);
  for (const meaning of meanings) expect(out).toContain(meaning);
  expect((await reportOf(rows(0))).textsOf('.columns')).toEqual([]);
});

describe('the report of many series', () => {
  const named = (index: number) => `bench-${String(index).padStart(3, '0')}`;
  const rows = Array.from({ length: 220 }, (_, series) =>
    Array.from(
      { length: 40 },
      (_, index) =>
        `${named(series)},${time(index)},${wiggle(index + series) + (series % 50 === 7 && index > 20 ? 9 : 0)}`,
    ),
  );
  const file = `seriesId,timestamp,value\n${rows.flat().join('\n')}\n`;

  test('lists all of them, those with a change point first; each head is a button; a name leads to its plot', async () => {
    const { document, textsOf, drawing } = await reportOf(file);
    const listed = textsOf('.sortable tbody th');
    expect(listed).toHaveLength(220);
    expect(listed.slice(0, 7)).toEqual([7, 57, 107, 157, 207, 0, 1].map(named));
    expect(textsOf('.sortable thead button')).toEqual(textsOf('.sortable thead th'));
    expect(textsOf('h2').slice(1, 4)).toEqual([7, 57, 107].map(named));
    expect(drawing.series).toHaveLength(200);
    for (const link of [...document.querySelectorAll('.sortable a')].slice(0, 6))
      expect(document.getElementById(link.getAttribute('href')?.slice(1) ?? '')?.textContent).toBe(
        link.textContent,
      );
    expect(textsOf('header p')).toContain('20 more series are in the table and not drawn.');
    const [first] = textsOf('.sortable tbody tr');
    expect(first).toMatch(/^bench-007401.*→.*\+/);
  });

  test('one series needs no such table', async () => {
    expect(
      (
        await reportOf(
          rows[7]?.join('\n') ?? '',
          '--no-header',
          '--series-column',
          '1',
          '--time-column',
          '2',
          '--column',
          '3',
        )
      ).textsOf('.sortable'),
    ).toEqual([]);
  });
});

test('says which options were in force, what was read and left out and why, what was repeated, and the time zone', async () => {
  const rows = Array.from(
    { length: 60 },
    (_, index) =>
      `2026-01-31 ${String(Math.floor(index / 60)).padStart(2, '0')}:${String(index % 60).padStart(2, '0')},${index % 20 === 5 ? '' : wiggle(index)}`,
  );
  const { facts } = await reportOf(
    `when,value\n${[...rows, rows.at(-1)].join('\n')}\n`,
    '-p',
    '0.5',
    '--time-zone',
    'Europe/Paris',
    '--time-column',
    'when',
  );
  expect(facts.Read).toMatch(
    /^61 rows, 1 series, 0 change points; 3 rows left out \(3 empty, the first is row 7\); 1 reading repeated/,
  );
  expect(facts['Read as']).toContain('Europe/Paris');
  expect(facts.Times).toBe('in UTC, from 2026-01-30 23:00:00 to 2026-01-30 23:59:00');
  expect(facts.Options).toContain('practical threshold 0.5');
});

test('draws gaps as gaps, and the last level to the end', async () => {
  const rows = Array.from({ length: 120 }, (_, index) => index)
    .filter((index) => index < 30 || index >= 45)
    .map((index) => `${time(index)},${index === 80 ? '' : (index < 60 ? 1 : 5) + wiggle(index)}`);
  const { drawing } = await reportOf(`timestamp,value\n${rows.join('\n')}\n`);
  const { x = [], y = [] } = drawing.series[0]?.points ?? {};
  const breaks = y.flatMap((value, index) => (value === null ? [x[index]] : []));
  expect(breaks).toEqual([start + 60_000 * 37, start + 60_000 * 80]);
  const { levels = [], marks = [] } = drawing.series[0] ?? {};
  const last = levels.at(-1);
  expect(last?.from).toBe(marks.at(-1)?.x);
  expect(last?.to).toBe(start + 60_000 * 119);
  expect(last?.value).toBeCloseTo(5.5, 0);
});

test('draws the means of counts, whose medians stand still', async () => {
  const counts = Array.from({ length: 300 }, (_, index) =>
    (index < 150 ? index % 20 === 0 : index % 5 < 2) ? 1 : 0,
  );
  const { drawing, textsOf } = await reportOf(`value\n${counts.join('\n')}\n`);
  expect(textsOf('tbody td').join()).toMatch(/mean 0\.05\d* → 0\.4\d*, median unchanged,mean \+0\.3/);
  expect(
    drawing.series[0]?.levels.map(({ value }) => value).every((value) => value > 0.04 && value < 0.6),
  ).toBe(true);
});

test.each([
  ['the largest doubles', [-1.7e308, 1.7e308]],
  ['the smallest', [0, 5e-324]],
  ['the last digits of a high level', [1e9, 1e9 + 2 ** -23]],
  ['one value', [7, 7]],
])('draws %s in the picture', async (_, [before = 0, after = 0]) => {
  const path = join(folder, 'report.svg');
  const input = `value\n${Array.from({ length: 40 }, (_, index) => (index < 20 ? before : after)).join('\n')}\n`;
  await runHere(['detect', '-', '--report', path], { input });
  const picture = await readFile(path, 'utf8');
  expect(picture).not.toMatch(/NaN|Infinity|undefined/);
  expect(picture).toMatch(/aria-label="line"[^>]*>\s*<path d="M[^"]*L/);
});

test('of two levels of any size and distance, table, page and picture say no Infinity, NaN or +0, and show them as two', async () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  const levels = fc.oneof(
    fc.tuple(number, number),
    fc
      .tuple(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), fc.integer({ min: 1, max: 99 }))
      .map(([value, steps]): [number, number] => [value, value * (1 + steps * Number.EPSILON)]),
    fc.tuple(fc.nat(3), fc.nat(3)),
  );
  await fc.assert(
    fc.asyncProperty(levels, fc.nat(4), async ([before, after], every) => {
      fc.pre(before !== after);
      // Every so many readings have the other level: the medians may then stand still.
      const values = Array.from({ length: 60 }, (_, index) =>
        index < 30 === (every === 0 || index % (every + 1) > 0) ? before : after,
      );
      const input = `value\n${values.join('\n')}\n`;
      const { out } = await runHere(['detect', '-'], { input });
      const { textsOf } = await reportOf(input);
      const path = join(folder, 'report.svg');
      await runHere(['detect', '-', '--report', path], { input });
      for (const text of [out, textsOf('td, dd, p').join(' | '), await readFile(path, 'utf8')]) {
        expect(text).not.toMatch(/Infinity|NaN|undefined/);
        expect(text).not.toMatch(/\+0(?![.\d])/);
      }
      for (const [, from, to] of out.matchAll(/(\S+) → ([^\s,]+)/g)) expect(from).not.toBe(to);
    }),
    { numRuns: runsOf(40) },
  );
});
