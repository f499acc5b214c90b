import { describe, expect, test } from 'vitest';
import delays from '../bench/results/delays.json' with { type: 'json' };
import falseAlarms from '../bench/results/false-alarms.json' with { type: 'json' };
import minimumEffect from '../bench/results/minimum-effect.json' with { type: 'json' };
import { withSpeedTables } from '../bench/speed/tables.ts';
import { textOf } from './pages.ts';

const page = textOf('docs/figures.md');
const readme = textOf('README.md');
const resultOf = (name: string) => textOf(`bench/results/${name}.txt`);

/** The cells of every row of the tables that `console.table` and cli-table3 print, heads left out. */
const tableRows = (text: string): readonly string[][] =>
  [...text.matchAll(/^│(.*)│$/gm)]
    .map(([, row = '']) => row.split('│').map((cell) => cell.trim().replaceAll("'", '')))
    .filter((cells) => cells.some((cell) => /^\d/.test(cell)));

const markdownRow = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const grouped = (number: string | number) => Number(number).toLocaleString('en-US');
/** Microseconds and ratios: three digits or more are rounded to whole ones. */
const short = (number: string) => (Number(number) < 100 ? number : grouped(Math.round(Number(number))));
const seconds = (milliseconds: string) => `${(Number(milliseconds) / 1000).toFixed(1)} s`;

describe('what a point costs', () => {
  const rows = tableRows(resultOf('speed')).map((cells) => cells.slice(1));
  const quiet = rows.slice(0, 10);

  test.each(quiet)('%s quiet points, threshold %s', (points = '', delta = '', ...measured) => {
    const [recursion = '', shipped = '', ratio = '', memory = ''] = measured;
    expect(page).toContain(
      markdownRow([grouped(points), delta, short(recursion), shipped, short(ratio), memory]),
    );
  });

  test.each(rows.slice(10, 13))(
    'a change every %s points',
    (every = '', points = '', found = '', cost = '') => {
      expect(page).toContain(markdownRow([grouped(every), grouped(points), found, cost]));
    },
  );

  test.each(rows.slice(13))('a change after %s points, threshold %s', (points = '', delta = '', ...found) => {
    const [changedAt = '', detectedAt = '', magnitude = '', ms = ''] = found;
    expect(page).toContain(
      markdownRow([
        ...[grouped(points), delta, grouped(changedAt), grouped(detectedAt)],
        ...[Number(magnitude).toFixed(3), ms],
      ]),
    );
  });

  test.each(['1000', '1000000'])('the README says so of %s points', (length) => {
    const [, , recursion = '', shipped = ''] = quiet.find(([points]) => points === length) ?? [];
    expect(readme).toContain(
      `after ${grouped(length)} points | ${shipped} µs; ${short(recursion)} µs if every test is computed in full |`,
    );
  });
});

test('the scan and other detectors take as long as was measured', () => {
  for (const name of ['scan-speed', 'peers', 'put']) expect(page).toContain(`<!-- table: ${name} -->`);
  expect(withSpeedTables(page)).toBe(page);
});

describe('a steady load', () => {
  const load = resultOf('load');
  const rows = tableRows(load);

  test.each(rows.filter(([name = '']) => /^[a-z]/.test(name)))('from put to %s', (name = '', ...times) => {
    expect(page).toContain(markdownRow([name, ...times.map(seconds)]));
  });

  test('memory', () => {
    const samples = rows.filter(([second]) => Number(second) > 0);
    const afterTwoMinutes = samples.find(([second]) => Number(second) >= 120);
    const [, peak] = /peak memory (\d+) MB/.exec(load) ?? [];
    expect(page).toContain(`after two minutes | ${afterTwoMinutes?.[6]} MB |`);
    expect(page).toContain(`at the end | ${samples.at(-1)?.[6]} MB |`);
    expect(page).toContain(`at its peak | ${peak} MB |`);
  });

  test('counts', () => {
    const [, put = '', late, setAside] =
      /^(\d+) put, \1 recorded, \1 tested, (\d+) late, (\d+) set aside$/m.exec(load) ?? [];
    const [, found = ''] =
      /^(\d+) change points of \1 expected, \1 published, \1 notified$/m.exec(load) ?? [];
    expect(page).toContain(`| events put, recorded and tested | ${grouped(put)} each |`);
    expect(page).toContain(`| late events, entries set aside | ${late}, ${setAside} |`);
    expect(page).toContain(
      `| change points expected, found, published and notified | ${grouped(found)} each |`,
    );
  });

  test('the README says so', () => {
    const [, median = ''] = rows.find(([name]) => name === 'tested') ?? [];
    expect(readme).toContain(`median from put to tested ${seconds(median)} |`);
  });
});

test('the live page runs as smoothly as the page says', () => {
  const result = resultOf('page');
  const [, frames, median, most, nearlyAll, longest] =
    /frames a second ([\d.]+);.* median ([\d.]+), 95 % ([\d.]+), 99 % ([\d.]+), longest ([\d.]+)/.exec(
      result,
    ) ?? [];
  const [, tasks] = /long tasks: (\d+),/.exec(result) ?? [];
  const [, busy] = /main thread: ([\d.]+) %/.exec(result) ?? [];
  for (const [what, figure] of [
    ['frames a second', frames],
    ['time between frames, median', `${median} ms`],
    ['time between frames, 95 %', `${most} ms`],
    ['time between frames, 99 %', `${nearlyAll} ms`],
    ['time between frames, longest', `${longest} ms`],
    ['tasks of more than 50 ms', tasks],
    ['main thread', `${busy} % of one core`],
  ]) {
    expect(page).toContain(`| ${what} | ${figure} |`);
  }
});

test('the fault campaign counted what the page and the README say', () => {
  const result = resultOf('faults');
  const runs = [
    ...result.matchAll(
      /: (\d+) runs in \d+ s, .*: (\d+) events, (\d+) change points, (\d+) of them published more than once, .*\npeople were told in (\d+) messages, .*; none untold, none told twice without one$/gm,
    ),
  ];
  expect(runs.length).toBeGreaterThan(0);
  const total = (column: number) => grouped(runs.reduce((sum, run) => sum + Number(run[column]), 0));
  expect(result.match(/nothing lost, nothing doubled, nothing left unpublished/g)?.length).toBe(runs.length);
  expect(page).toContain(`| count | of ${total(1)} schedules |`);
  expect(page).toContain(`| events | ${total(2)} |`);
  expect(page).toContain(`| change points | ${total(3)} |`);
  expect(page).toContain(`| change points published more than once | ${total(4)} |`);
  expect(page).toContain(`| messages to people | ${total(5)} |`);
  expect(readme).toContain(`${total(1)} random schedules | ${total(2)} events, none lost`);
  expect(readme).toContain(`${total(3)} change points, ${total(4)} of them published more than once |`);
});

test('the README has the figures of the simulations', () => {
  const alarms = falseAlarms.rows.find(({ points }) => points === 1000);
  expect(readme).toContain(
    `| ${((100 * (alarms?.alarms[3] ?? 0)) / (alarms?.series ?? 1)).toFixed(0)} % of series |`,
  );
  const late = delays.rows.find(({ quiet, shift }) => quiet === 200 && shift === 2);
  expect(readme).toContain(`after 200 quiet points | ${late?.delayMean} points on average |`);
  const shares = (times: number) =>
    minimumEffect.rows
      .filter(({ multiple }) => multiple === times)
      .map(({ inside, series }) => inside / series);
  expect(readme).toContain('half the practical threshold, of 1½ times it | 0 %, 100 % |');
  expect(new Set(shares(0.5))).toEqual(new Set([0]));
  expect(shares(1.5).every((share) => share > 0.9995)).toBe(true);
});
