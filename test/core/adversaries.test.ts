import { AedDetector } from '@aed/core';
import { expect, test } from 'vitest';
import { adversarialSeries } from '../../bench/speed/mpp-adversaries.ts';
import { ReferenceDetector } from './reference-detector.ts';

type Detector = Pick<AedDetector, 'push'>;

const findings = (detector: Detector, values: readonly number[]) =>
  values.flatMap((value) => detector.push(value) ?? []);

test.each(adversarialSeries(2500))('finds what the recursion finds: %s', (_, values, options) => {
  expect(findings(new AedDetector(options), values)).toEqual(
    findings(new ReferenceDetector(options), values),
  );
});
