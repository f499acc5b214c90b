import { expect, test } from 'vitest';
import falseAlarms from '../../bench/results/scan-false-alarms.json' with { type: 'json' };
import ties from '../../bench/results/scan-ties.json' with { type: 'json' };
import variants from '../../bench/results/scan-variants.json' with { type: 'json' };

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

/** The least and the largest share of what is stated, by how the name of a variant begins. */
const boundsOf: Readonly<Record<string, readonly [number, number]>> = {
  minimumLength: [0.9, 1.1],
  maxRegimeLength: [0.9, 1.2],
  restart: [0.9, 1.1],
  practicalThreshold: [1, Infinity],
  'spikes of 1 point': [0.9, 1.1],
  'spikes of 3 points': [0.6, 1.1],
};
const bounded = variants.rows.flatMap((row) => {
  const [, bounds] = Object.entries(boundsOf).find(([start]) => row.name.startsWith(start)) ?? [];
  return bounds === undefined ? [] : [{ ...row, bounds }];
});

test.each(bounded)('$name, N = $every: false alarms are as rare as they may be', (row) => {
  const { every, points, alarms, bounds } = row;
  const between = points / Math.max(1, alarms) / every;
  expectWithin(between, between / Math.sqrt(Math.max(1, alarms)), bounds);
});
