import { resolveOptions } from '@aed/core';
import { expect, test } from 'vitest';
import { ScanRegimeTest } from '../../../core/src/scan/scan-regime-test.ts';

test.each([0, 1])(
  'points that are taken as independent inflate nothing, with a threshold of %d',
  (practicalThreshold) => {
    const options = resolveOptions({ statistic: 'scan', dependence: 'independent', practicalThreshold });
    const ramp = Float64Array.from({ length: 40 }, (_, index) => index);
    const scan = new ScanRegimeTest(options, { values: ramp });
    expect(scan.inflation).toBeUndefined();
    expect(scan.estimate(20).limit).toBe(1);
  },
);
