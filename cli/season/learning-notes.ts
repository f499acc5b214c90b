import type { ResolvedOptions } from '@aed/core';
import { medianInterval } from '../../lambda/median-interval.ts';

/** Regimes that hold nearly the periods they need are long enough: the distance of readings is a median. */
const nearlyEnough = 0.9;
/** A scan may be blind for so much of the time without a word. */
const mostBlind = 0.2;
/** With so many periods from one false alarm to the next, it is blind for a tenth of the time. */
const periodsBetween = 18;

/** Whether the options take a season into account. */
export function hasSeason({ statistic, period }: ResolvedOptions): boolean {
  return statistic === 'scan' && period > 1;
}

/**
 * That a regime cannot hold the four periods that it needs, where several readings share a place.
 *
 * @param times - of the first readings, in epoch milliseconds
 */
export function unheldNote(options: ResolvedOptions, times: readonly number[]): string | undefined {
  const { period, interval, maxRegimeLength } = options;
  const apart = medianInterval(times);
  if (!hasSeason(options) || interval === 0 || apart === undefined) return undefined;
  const readings = Math.ceil((period * interval * 1000) / apart);
  if (maxRegimeLength >= nearlyEnough * 4 * readings) return undefined;
  return `The period has about ${readings} readings, and a regime holds at most ${maxRegimeLength}; of fewer than four periods, changes are found late or not at all. Give --max-regime-length ${4 * readings}.`;
}

/** That false alarms, each of which begins a regime anew, leave it little time in which it knows the season. */
export function blindNote(options: ResolvedOptions): string | undefined {
  const { period, falseAlarmEvery } = options;
  const learning = 2 * period;
  const blind = learning / (learning + falseAlarmEvery);
  if (!hasSeason(options) || blind <= mostBlind) return undefined;
  return `The scan learns the season for ${learning} readings after each change point. With a false alarm every ${falseAlarmEvery}, it is blind for ${Math.round(100 * blind)} % of the time; --false-alarm-every ${periodsBetween * period} makes that a tenth.`;
}
