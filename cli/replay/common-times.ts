import { medianInterval } from '../../lambda/median-interval.ts';
import { parseReading } from '../../lambda/record/parse-reading.ts';
import { spanText } from '../../lambda/time-span.ts';
import { FailedError } from '../context.ts';
import type { Reading } from '../datasets/dataset.ts';
import { readingsForInterval } from '../points-of-time.ts';

/** Intervals that differ by a smaller share are one. */
const tolerance = 0.01;

/**
 * The times of the first readings of one series, in epoch milliseconds, which stand for all: a service has the same options for all series.
 *
 * @returns those of any series if none tells an interval
 * @throws FailedError naming two series, if their intervals differ
 */
export function commonTimes(readings: readonly Reading[]): readonly number[] {
  let common:
    | { readonly seriesId: string; readonly interval: number; readonly times: readonly number[] }
    | undefined;
  const bySeries = firstTimes(readings);
  for (const [seriesId, times] of bySeries) {
    const interval = medianInterval(times);
    if (interval === undefined) continue;
    common ??= { seriesId, interval, times };
    if (Math.abs(interval - common.interval) <= tolerance * common.interval) continue;
    throw new FailedError(
      `${common.seriesId} has a reading every ${spanText(common.interval)} and ${seriesId} every ${spanText(interval)}; a time needs one interval for all ` +
        'series: give it in readings',
    );
  }
  return common?.times ?? [...bySeries.values()].find((times) => times.length > 1) ?? [];
}

function firstTimes(readings: readonly Reading[]): ReadonlyMap<string, readonly number[]> {
  const bySeries = new Map<string, number[]>();
  for (const reading of readings) {
    const times = bySeries.get(reading.seriesId) ?? [];
    bySeries.set(reading.seriesId, times);
    if (times.length === readingsForInterval) continue;
    const parsed = parseReading({ ...reading, value: 0 });
    if (parsed.ok) times.push(parsed.event.timestamp);
  }
  return bySeries;
}
