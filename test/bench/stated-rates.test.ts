import { expect, test } from 'vitest';
import falseAlarms from '../../bench/results/scan-false-alarms.json' with { type: 'json' };
import ties from '../../bench/results/scan-ties.json' with { type: 'json' };

/** Between the bounds, as far as the simulation can tell. */
function expectWithin(mean: number, error: number, [least, most]: readonly [number, number]): void {
  expect(mean).toBeGreaterThan(least - 2 * error);
  expect(mean).toBeLessThan(most + 2 * error);
}

test.each(falseAlarms.rows)(
  '$noise, N = $every: false alarms are within a tenth as rare as stated',
  (row) => {
    expectWithin(row.first, row.firstError, [0.9, 1.1]);
    expectWithin(row.between, row.betweenError, [0.9, 1.1]);
  },
);

test.each(ties.rows)(
  '$noise, N = $every: within a quarter with ties, within a factor of two where they are extreme',
  (row) => {
    const bounds = row.noise === 'ones, 1 in 200' ? ([0.5, 2] as const) : ([0.75, 1.25] as const);
    expectWithin(row.first, row.firstError, bounds);
    expectWithin(row.between, row.betweenError, bounds);
  },
);
