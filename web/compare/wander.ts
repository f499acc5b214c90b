import { falseAlarmProbability, type ResolvedOptions } from '@aed/core';
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
const fewest = 5;
/** A practical threshold makes change points rarer. As many as this times the false alarms of independent readings are many. */
const muchMore = 5;
/** In shorter stretches false alarms are rarer, in longer ones as well: a regime is in danger while it is young. */
const stretch = 100;
/** Neighbours resemble each other from this correlation on, if it is also that many standard errors above 0. */
const leastCorrelation = 0.2;
const leastErrors = 4;

/** What was reported of a series. */
export interface Reported {
  readonly found: number;
  readonly readings: number;
  /** The significance level in force. */
  readonly alpha: number;
}

/**
 * Change points may be wander where there are many, far more than false alarms would be, and neighbouring readings resemble each other.
 *
 * The MPP test takes readings as independent. Where neighbours resemble each other, a level that wanders looks to it like many shifts. Independent
 * readings whose level often shifts do not resemble each other within their levels, so nothing is said of them.
 */
export function wanderOf({ found, readings, alpha }: Reported, scan: ScanSaid): Wander | undefined {
  const falseAlarms = (readings / stretch) * falseAlarmProbability(alpha, stretch);
  if (found < Math.max(fewest, muchMore * falseAlarms) || scan.resemblance === undefined) return undefined;
  const { correlation, error } = scan.resemblance;
  if (correlation < Math.max(leastCorrelation, leastErrors * error)) return undefined;
  return { reported: found, byScan: scan.found, correlation };
}

/** @param options - of the scan; alpha that of the reports */
export function wanderWatch(options: ResolvedOptions): WanderWatch {
  const { alpha } = options;
  const scan = scanBeside(options);
  let [found, readings] = [0, 0];
  return {
    push(value, wasReported) {
      scan.push(value);
      readings++;
      if (wasReported) found++;
    },
    get wander() {
      return wanderOf({ found, readings, alpha }, scan);
    },
  };
}
