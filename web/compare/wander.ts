import type { DetectorOptions } from '@aed/core';
import { type ScanSaid, scanBeside } from './scan-beside.ts';

/** What was reported of a series whose change points may be wander, beside what the scan would have reported. */
export interface Wander {
  readonly reported: number;
  readonly byScan: number;
  /** The lag-1 rank correlation of neighbouring readings. */
  readonly correlation: number;
}

/** Follows a series, to tell whether its change points may be wander. */
export interface WanderWatch {
  /** @param reported - whether a change point was reported at this reading */
  push(value: number, reported: boolean): void;
  /** Set if the change points so far may be wander. */
  readonly wander: Wander | undefined;
}

/** With fewer change points there is nothing to warn of. */
const many = 5;
/** Neighbours resemble each other from this correlation on, if it is also that many standard errors above 0. */
const leastCorrelation = 0.2;
const leastErrors = 4;

/**
 * Change points may be wander where there are many and neighbouring readings resemble each other.
 *
 * The MPP test takes readings as independent. Where neighbours resemble each other, a level that wanders looks to it like many shifts. Independent
 * readings whose level often shifts do not resemble each other within their levels, so nothing is said of them.
 *
 * @param reported - change points of the series
 */
export function wanderOf(reported: number, { found, resemblance }: ScanSaid): Wander | undefined {
  if (reported < many || resemblance === undefined) return undefined;
  const { correlation, error } = resemblance;
  if (correlation < Math.max(leastCorrelation, leastErrors * error)) return undefined;
  return { reported, byScan: found, correlation };
}

/** @param options - of the scan */
export function wanderWatch(options: DetectorOptions): WanderWatch {
  const scan = scanBeside(options);
  let reported = 0;
  return {
    push(value, wasReported) {
      scan.push(value);
      if (wasReported) reported++;
    },
    get wander() {
      return wanderOf(reported, scan);
    },
  };
}
