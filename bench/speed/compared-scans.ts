import { resolveOptions } from '@aed/core';
import { ScanRegimeTest } from '../../core/src/scan/scan-regime-test.ts';
import { PlainScan } from './plain-scan.ts';
import { leastMilliseconds } from './processor-time.ts';
import type { Adversary } from './scan-adversaries.ts';

/**
 * What a series costs the scan, and the scan as it is defined.
 *
 * @throws Error if they do not say the same at each point
 */
export function compared({ name, options, values }: Adversary) {
  const resolved = resolveOptions({ statistic: 'scan', dependence: 'independent', ...options });
  const said: boolean[][] = [[], []];
  const fast = () => {
    let test = new ScanRegimeTest(resolved);
    said[0] = Array.from(values, (value) => {
      test.push(value, 0);
      const isAlarm = test.alarm() !== undefined;
      if (isAlarm) test = new ScanRegimeTest(resolved);
      return isAlarm;
    });
  };
  const plain = () => {
    let test = new PlainScan(resolved);
    said[1] = Array.from(values, (value) => {
      test.push(value);
      const isAlarm = test.isAlarm();
      if (isAlarm) test = new PlainScan(resolved);
      return isAlarm;
    });
  };
  const [fastTime = 0, plainTime = 0] = leastMilliseconds(values.length < 1000 ? 20 : 4, [fast, plain]);
  if (said[0]?.some((alarm, index) => alarm !== said[1]?.[index])) throw new Error(`${name}: they differ`);
  return {
    points: values.length,
    series: name,
    options: JSON.stringify(options),
    'scan, µs a point': ((1000 * fastTime) / values.length).toFixed(2),
    'plain, µs a point': ((1000 * plainTime) / values.length).toFixed(2),
    ratio: Number((fastTime / plainTime).toFixed(2)),
  };
}
