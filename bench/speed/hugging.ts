import { resolveOptions } from '@aed/core';
import type { Draw } from '../../cli/produce/random.ts';
import { ScanRegimeTest } from '../../core/src/scan/scan-regime-test.ts';
import type { Adversary } from './scan-adversaries.ts';

/** A series of some noise that stays just below an alarm of the scan: each point is that of three draws, shifted or not, which brings it nearest. */
export function hugging(noise: Draw, points: number): Adversary {
  const options = { falseAlarmEvery: 10_000 };
  const resolved = resolveOptions({ statistic: 'scan', dependence: 'independent', ...options });
  const values: number[] = [];
  const shareWith = (value: number) => {
    const test = new ScanRegimeTest(resolved, { values: [...values, value] });
    const { statistic, needed } = test.evidence();
    return statistic / needed;
  };
  for (let index = 0; index < points; index++) {
    const [first = 0, ...others] = [noise(), noise(), noise() + 1];
    let best = { value: first, share: index < points / 4 ? 1 : shareWith(first) };
    for (const value of index < points / 4 ? [] : others) {
      const share = shareWith(value);
      if (share < 0.999 && (share > best.share || best.share >= 0.999)) best = { value, share };
    }
    values.push(best.value);
  }
  return { name: 'just below an alarm', options, values: Float64Array.from(values) };
}
