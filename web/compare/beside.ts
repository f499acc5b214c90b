import { AedDetector, type DetectorOptions } from '@aed/core';
import { neighbours, type Resemblance } from './neighbours.ts';

/** What a detector says of a series. */
export interface Said {
  /** Number of change points. */
  readonly found: number;
  /** How much neighbouring readings resemble each other within the levels that it found. `undefined` if that cannot be said. */
  readonly resemblance: Resemblance | undefined;
}

/** A detector that runs beside another one, to be compared with it. */
export interface Beside extends Said {
  /** @param place - in the season, if places are not counted */
  push(value: number, place?: number): void;
}

/** Memory: the readings of one regime, twice. Cost: that of the detector, one to three microseconds a reading. */
export function beside(options: DetectorOptions): Beside {
  const detector = new AedDetector(options);
  const levels = neighbours();
  let found = 0;
  let regime: number[] = [];
  /** Index of the first reading of the regime. */
  let start = 0;

  return {
    push(value, place) {
      regime.push(value);
      const change = detector.push(value, place);
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
