import { AedDetector, type DetectorOptions } from '@aed/core';
import { neighbours, type Resemblance } from './neighbours.ts';

/** What the scan says of a series. */
export interface ScanSaid {
  /** Number of change points. */
  readonly found: number;
  /** How much neighbouring readings resemble each other within the levels that the scan found. `undefined` if that cannot be said. */
  readonly resemblance: Resemblance | undefined;
}

/** The scan of a series, run beside another detection. */
export interface ScanBeside extends ScanSaid {
  push(value: number): void;
}

/** Memory: the readings of one regime, twice. Cost: that of the scan, one to three microseconds a reading. @param options - of the scan */
export function scanBeside(options: DetectorOptions): ScanBeside {
  const detector = new AedDetector({ ...options, statistic: 'scan' });
  const levels = neighbours();
  let found = 0;
  let regime: number[] = [];
  /** Index of the first reading of the regime. */
  let start = 0;

  return {
    push(value) {
      regime.push(value);
      const change = detector.push(value);
      if (change !== undefined) found++;
      const left = detector.regimeStart - start;
      if (left === 0) return;
      const split = change === undefined ? left : change.changedAt - start;
      levels.add(regime.slice(0, split));
      levels.add(regime.slice(split, left));
      regime = regime.slice(left);
      start += left;
    },
    get found() {
      return found;
    },
    get resemblance() {
      return levels.resemblanceWith(regime);
    },
  };
}
