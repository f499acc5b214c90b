import { AedDetector } from '@aed/core';
import { expect, test } from 'vitest';
import { adversarialSeries } from './adversarial-series.ts';
import { ReferenceDetector } from './reference-detector.ts';

type Detector = Pick<AedDetector, 'push'>;

const findings = (detector: Detector, values: readonly number[]) =>
  values.flatMap((value) => detector.push(value) ?? []);

function milliseconds(detector: Detector, values: readonly number[]): number {
  const start = performance.now();
  for (const value of values) detector.push(value);
  return performance.now() - start;
}

/** What else the machine is at slows some runs down: the fastest of each count, and of a disturbed few more are made. */
const fewestRuns = 5;
const mostRuns = 25;

test.each(adversarialSeries(2500))('costs at most twice the recursion: %s', (_, values, options) => {
  expect(findings(new AedDetector(options), values)).toEqual(
    findings(new ReferenceDetector(options), values),
  );
  let shipped = Number.POSITIVE_INFINITY;
  let reference = Number.POSITIVE_INFINITY;
  for (let run = 0; run < fewestRuns || (run < mostRuns && shipped > 2 * reference); run++) {
    shipped = Math.min(shipped, milliseconds(new AedDetector(options), values));
    reference = Math.min(reference, milliseconds(new ReferenceDetector(options), values));
  }
  expect(shipped).toBeLessThanOrEqual(2 * reference);
});
