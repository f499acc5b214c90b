import { expect, test } from 'vitest';
import { normal, randomOf } from '../core/random.ts';
import { runHere } from './in-process.ts';

/** Readings a minute apart whose season has so many of them. */
function minutes(count: number, season: number, resemblance: number): string {
  const random = randomOf(5);
  const start = Date.parse('2026-01-01T00:00:00Z');
  let wander = 0;
  const rows = Array.from({ length: count }, (_, index) => {
    wander = resemblance * wander + normal(random);
    const value = 20 + 6 * Math.sin((2 * Math.PI * index) / season) + wander;
    return `${new Date(start + index * 60_000).toISOString()},${value.toFixed(2)}`;
  });
  return `timestamp,value\n${rows.join('\n')}\n`;
}

test('a season near a day is told in hours, and a day is tried', async () => {
  const { out } = await runHere(['detect', '-'], { input: minutes(9000, 1282, 0) });
  expect(out).toMatch(/a season of about 1\d\d\d readings \(2[12]h\), and a season is no change; /);
  expect(out).toContain('--statistic scan --period 24h compares like with like if it is a day.');
});

test.each([7, 12, 24, 50, 95, 97, 144])(
  'with the wrong period %d it is the season itself that is told',
  async (period) => {
    const input = minutes(96 * 40, 96, 0);
    const { out } = await runHere(['detect', '-', '--statistic', 'scan', '--period', String(period)], {
      input,
    });
    expect(out).toContain(
      `With a period of ${period} readings a season of about 96 readings (1.6h) remains, and a season is no change;`,
    );
  },
);

test('with the period of one season, the other one is told', async () => {
  const rows = minutes(9000, 24, 0)
    .split('\n')
    .map((row, index) => {
      const [time, value] = row.split(',');
      return index % 9001 === 0
        ? row
        : `${time},${Number(value) + 3 * Math.sin((2 * Math.PI * index) / 168)}`;
    });
  const { out } = await runHere(['detect', '-', '--statistic', 'scan', '--period', '24'], {
    input: rows.join('\n'),
  });
  expect(out).toContain('With a period of 24 readings a season of about 168 readings');
});

test('the notes on a season and on wander do not contradict each other', async () => {
  const { out } = await runHere(['detect', '-'], { input: minutes(9000, 1440, 0.6) });
  expect(out).toMatch(/note: .* may be wander or the season, not events\. --practical-threshold leaves/);
  expect(out).not.toContain('would report');
  expect(out).toMatch(/note: The readings have a season .*--statistic scan --period 1d compares/);
});

test('p of the MPP test with a stated rate of false alarms has a legend', async () => {
  const input = Array.from({ length: 80 }, (_, row) => ((row * 7) % 10) / 10 + (row < 40 ? 0 : 5)).join('\n');
  const { out } = await runHere(['detect', '-', '--false-alarm-every', '1000'], { input });
  expect(out).toContain(
    '\np: of one test; what it must fall below grows with the regime, for a false alarm every 1000 readings.\n',
  );
});
