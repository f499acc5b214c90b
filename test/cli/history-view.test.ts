import { expect, test } from 'vitest';
import { historyReport, historyText } from '../../cli/service/history-view.ts';
import { aChangePoint } from '../lambda/a-change-point.ts';

const events = Array.from({ length: 11 }, (_, minute) => ({
  eventKey: `2025-01-01T00:${String(minute).padStart(2, '0')}:00.000Z#e`,
  value: minute < 5 ? 0 : 1,
}));
const old = aChangePoint();
const found = aChangePoint({
  changedFrom: '2025-01-01T00:04:00.000Z',
  changedTo: '2025-01-01T00:06:00.000Z',
  magnitudeInterval: { from: 0.5, to: 1.5 },
  kind: 'shift',
});

test('a change point has its kind and its intervals in the table', () => {
  expect(historyText('boiler-7', events, [found])).toMatch(
    /│ shift +│ 2025-01-01T00:04:00Z – 2025-01-01T00:06:00Z +│ \+0\.5 … \+1\.5 +│/,
  );
});

test('where there are older readings, it says so, and how many change points are among them', () => {
  const before = { ...old, changedAt: '2024-12-31T23:00:00.000Z' };
  const span = 'the newest 11 readings from 2025-01-01T00:00:00Z to 2025-01-01T00:10:00Z';
  expect(historyText('boiler-7', events, [before, old], true)).toContain(
    `boiler-7: ${span}; there are older ones, in which 1 change point lies (--readings reads more)\n`,
  );
  expect(historyReport('boiler-7', events, [old], true).facts).toEqual([
    { name: 'Readings', text: `${span}; there are older ones (--readings reads more)` },
  ]);
  expect(historyText('boiler-7', events, [before])).not.toContain('newest');
});

test('one that was stored before there were any has dashes', () => {
  expect(historyText('boiler-7', events, [old])).toMatch(/│ 0\.0010 +│ – +│ – +│ – +│/);
});

test('the report shades the interval where there is one', () => {
  const intervals = historyReport('boiler-7', events, [found, old]).series[0]?.intervals;
  expect(intervals).toEqual([
    { from: Date.parse('2025-01-01T00:04:00Z'), to: Date.parse('2025-01-01T00:06:00Z') },
  ]);
});

test('one that is retracted says so below the table, as does one that was acknowledged', () => {
  const retractedAt = '2025-01-02T00:00:00.000Z';
  expect(historyText('boiler-7', events, [{ ...found, retractedAt }])).toContain(
    '\n2025-01-01T00:05:00Z: retracted at 2025-01-02T00:00:00Z, since its readings were deleted or corrected\n',
  );
});

test('which rule applied, and what became of each, are columns where there is any of it', () => {
  const acknowledged = { acknowledgedAt: '2025-01-02T00:00:00.000Z', acknowledgedBy: 'Ada' };
  const rows = [
    { ...found, rule: 'boiler-*', muted: true as const, ...acknowledged },
    { ...found, retractedAt: '2025-01-03T00:00:00.000Z' },
    old,
  ];
  const text = historyText('boiler-7', events, rows);
  expect(text).toMatch(/│ size, 95 % +│ rule +│ standing +│\n/);
  expect(text).toMatch(/│ boiler-\* │ muted, acknowledged │\n/);
  expect(text).toMatch(/│ {10}│ retracted {11}│\n/);
  expect(historyText('boiler-7', events, [found, old])).toMatch(/│ size, 95 % +│\n/);
  expect(historyReport('boiler-7', events, rows).series[0]?.tables[0]?.head.slice(-2)).toEqual([
    'rule',
    'standing',
  ]);
});
