import { AedDetector } from '@aed/core';
import { expect, test } from 'vitest';
import { normal } from '../../producer/random.ts';

/**
 * The mean is no test of this: one series in some four hundred, in which chance had all but raised an alarm before the
 * change, governs it. What holds whatever the seeds is the rest.
 */
test('after 1,000 quiet points a shift of 2 sd is placed exactly in half of all series, and within 5 points in nine of ten', () => {
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
  errors.sort((a, b) => a - b);
  expect(errors[250]).toBe(0);
  expect(errors[450]).toBeLessThanOrEqual(5);
  expect(errors.filter((error) => error > 50).length).toBeLessThanOrEqual(10);
});
