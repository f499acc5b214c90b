import { expect, test } from 'vitest';
import { criticalScores } from '../../../core/src/scan/critical-scores.ts';
import { noInflation } from '../../../core/src/scan/dependence/inflation.ts';
import { normalScore } from '../../../core/src/scan/normal-score.ts';

test('of many thresholds, no z below the critical one has a score above the threshold, and one a little larger has', () => {
  for (let threshold = 2.5; threshold < 5.5; threshold += 0.02) {
    const scores = criticalScores(threshold, noInflation);
    for (const m of [8, 15, 16, 17, 100, 5000, 1e6]) {
      const z = Math.sqrt(scores.squareFor(m));
      expect(normalScore(z, m)).toBeLessThanOrEqual(threshold);
      expect(normalScore(1.05 * z, m)).toBeGreaterThan(threshold);
    }
  }
});

test('regimes without inflation share those of a threshold', () => {
  expect(criticalScores(4, noInflation)).toBe(criticalScores(4, noInflation));
  const inflation = { ...noInflation, of: () => 2, limit: 2 };
  expect(criticalScores(4, inflation)).not.toBe(criticalScores(4, inflation));
});
