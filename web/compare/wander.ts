import { type DetectorOptions, falseAlarmProbability, type ResolvedOptions } from '@aed/core';
import { beside, type Said } from './beside.ts';

/** What was reported of a series whose change points may be wander, beside what the scan would have reported. */
export interface Wander {
  readonly reported: number;
  readonly byScan: number;
  /** The lag-1 rank correlation of neighbouring readings. */
  readonly correlation: number;
}

/** Follows a series, to tell whether its change points may be wander. */
export interface WanderWatch {
  /** @param place - in the season, if places are not counted */
  push(value: number, place?: number): void;
  /** Set if the change points so far may be wander. */
  readonly wander: Wander | undefined;
}

/** With fewer change points there is nothing to warn of. */
const fewest = 5;
/** Rarer ones, as with a practical threshold, a reader can look at one by one. */
const leastRate = 1 / 500;
/** As many as this times the false alarms of independent readings are many. */
const muchMore = 5;
/** In shorter stretches false alarms are rarer, in longer ones as well: a regime is in danger while it is young. */
const stretch = 100;
/**
 * Neighbours resemble each other from this correlation on, if it is also that many standard errors above 0. Within the levels between true shifts it is hardly
 * ever above 0.05, since shifts that were missed are small. Where a level wanders and is measured with an error of its own it may be no more than 0.1.
 */
const leastCorrelation = 0.08;
const leastErrors = 4;

/** False alarms a reading, if readings were independent. */
function falseAlarmRate({ alpha, falseAlarmEvery }: ResolvedOptions): number {
  return falseAlarmEvery > 0 ? 1 / falseAlarmEvery : falseAlarmProbability(alpha, stretch) / stretch;
}

/** The answers that are compared. */
export interface Answers {
  readonly readings: number;
  /** Of the test that is in force. */
  readonly own: Said;
  readonly scan: Pick<Said, 'found'>;
}

/**
 * Change points may be wander where there are many, far more than false alarms would be, and neighbouring readings resemble each other.
 *
 * The MPP test takes readings as independent. Where neighbours resemble each other, a level that wanders looks to it like many shifts. Within the levels
 * between true shifts independent readings do not resemble each other, so nothing is said of them, however many shifts there are.
 *
 * @param options - of the test that is in force
 */
export function wanderOf({ readings, own, scan }: Answers, options: ResolvedOptions): Wander | undefined {
  const many = Math.max(fewest, readings * leastRate, muchMore * readings * falseAlarmRate(options));
  if (own.found < many || own.resemblance === undefined) return undefined;
  const { correlation, error } = own.resemblance;
  if (correlation < Math.max(leastCorrelation, leastErrors * error)) return undefined;
  return { reported: own.found, byScan: scan.found, correlation };
}

/** @param options - of the test that is in force; @param ofScan - of the scan */
export function wanderWatch(options: ResolvedOptions, ofScan: DetectorOptions): WanderWatch {
  const [own, scan] = [beside(options), beside(ofScan)];
  let readings = 0;
  return {
    push(value, place) {
      readings++;
      own.push(value, place);
      scan.push(value, place);
    },
    get wander() {
      return wanderOf({ readings, own, scan }, options);
    },
  };
}
