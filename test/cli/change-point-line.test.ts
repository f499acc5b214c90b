import { expect, test } from 'vitest';
import { changePointLine } from '../../cli/change-point-line.ts';
import { aChangePoint } from '../lambda/a-change-point.ts';

const plainly = (text: string) => text;
const styles = { bold: plainly, up: plainly, down: plainly, dim: plainly };

test('a change point is one line, with its interval and its kind', () => {
  const found = aChangePoint({
    changedFrom: '2025-01-01T00:04:00.000Z',
    changedTo: '2025-01-01T00:06:00.000Z',
    kind: 'drift',
  });
  expect(changePointLine(found, styles)).toBe(
    '▲ boiler-7: 0 → 1 (+1), new level since 2025-01-01T00:05:00Z (2025-01-01T00:04:00Z to 2025-01-01T00:06:00Z), ' +
      'known at 2025-01-01T00:10:00Z, drift, p = 0.0010',
  );
});

test('one that was stored before there were any has neither', () => {
  expect(changePointLine(aChangePoint(), styles)).toBe(
    '▲ boiler-7: 0 → 1 (+1), new level since 2025-01-01T00:05:00Z, known at 2025-01-01T00:10:00Z, p = 0.0010',
  );
});

test('one that is retracted says so', () => {
  const found = aChangePoint({ retractedAt: '2025-01-02T00:00:00.000Z' });
  expect(changePointLine(found, styles)).toMatch(/^▲ boiler-7: retracted: 0 → 1 /);
});

test('one of a rule and a mute says so', () => {
  expect(changePointLine(aChangePoint({ rule: 'boiler-*', muted: true }), styles)).toMatch(
    /, p = 0\.0010, rule boiler-\*, muted$/,
  );
});
