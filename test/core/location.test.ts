import { AedDetector } from '@aed/core';
import { expect, test } from 'vitest';
import { normal } from '../../bench/statistics/random.ts';

test('after 1,000 quiet points a shift of 2 sd is placed within 1.5 points on average', () => {
  const quiet = 1000;
  const errors: number[] = [];
  for (let seed = 0; errors.length < 500; seed++) {
    const draw = normal(seed);
    const detector = new AedDetector();
    for (let index = 0; ; index++) {
      const found = detector.push(draw() + (index < quiet ? 0 : 2));
      if (found === undefined) continue;
      if (found.detectedAt >= quiet) errors.push(Math.abs(found.changedAt - quiet));
      break;
    }
  }
  expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(1.5);
});
