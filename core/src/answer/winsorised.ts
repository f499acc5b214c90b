import { at } from '../float-list.ts';
import { medianOf } from '../median.ts';

/** A regime around its two levels, in a unit of its own: 0 is the median before, `step` that after. */
export interface Winsorised {
  /** Points before the split at which the medians were taken. */
  readonly split: number;
  /** The points as they are. */
  readonly raw: Float64Array;
  /** The points, drawn in to `low` or `high` if they are beyond. */
  readonly values: Float64Array;
  readonly step: number;
  readonly low: number;
  readonly high: number;
}

/** A point counts as at most so many robust standard deviations beyond the two levels. */
const mostDeviations = 1.5;
/** Of a normal sample: its standard deviation over the median, and over the mean, of the distances from its centre. */
const overMedian = 1.4826;
const overMean = 1.2533;
/** Where most points lie on their level, a distance counts as no more than so many usual ones: a single outlier must not be the noise. */
const mostUsual = 10;
/** Values above it are divided before they are subtracted, so that no difference is beyond the doubles. */
const mostValue = 2 ** 900;

/**
 * A regime for the model of two levels with noise around them: outliers drawn in, so that a few of them do not decide.
 *
 * The noise is measured by the median distance from the two medians; if half of the points lie on their median, by the mean one, in which no distance counts as more
 * than ten times the step, or ten times the median of those that are not 0 where there is no step.
 * Shifts of the data, powers of two as factors, and a change of sign pass through without a rounding error.
 *
 * @param regime - oldest first, not modified
 * @param split - points before the change, 1 to `length − 1`
 * @param widening - of the noise that is seen, for what a season that was taken off took of it
 */
export function winsorised(regime: Float64Array, split: number, widening = 1): Winsorised {
  const divisor = regime.some((value) => Math.abs(value) > mostValue) ? 2 ** 200 : 1;
  const scaled = divisor === 1 ? regime : regime.map((value) => value / divisor);
  const before = medianOf(scaled.slice(0, split));
  const after = medianOf(scaled.slice(split));
  const shift = after - before;
  const { length } = scaled;
  // Loops: a call for each point would take most of the time.
  const distances = new Float64Array(length);
  for (let index = 0; index < length; index++)
    distances[index] = Math.abs(at(scaled, index) - (index < split ? before : after));
  const deviation = widening * deviationOf(distances, Math.abs(shift));
  const width = Math.abs(shift) + 2 * mostDeviations * deviation;
  // All points of each side equal, and both alike: there is nothing to see.
  const unit = width > 0 ? width : 1;
  const step = shift / unit;
  const beyond = (mostDeviations * deviation) / unit;
  const low = Math.min(0, step) - beyond;
  const high = Math.max(0, step) + beyond;
  const raw = new Float64Array(length);
  const values = new Float64Array(length);
  for (let index = 0; index < length; index++) {
    raw[index] = (at(scaled, index) - before) / unit;
    values[index] = drawnIn(at(raw, index), low, high);
  }
  return { split, raw, values, step, low, high };
}

/** The value, or the bound that it is beyond. */
export function drawnIn(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

/** The standard deviation of noise at these distances from its levels. @param distances - put into another order @param step - between the levels */
function deviationOf(distances: Float64Array, step: number): number {
  const median = medianOf(distances);
  if (median > 0) return overMedian * median;
  const some = distances.filter((distance) => distance > 0).sort();
  if (some.length === 0) return 0;
  const most = mostUsual * (step > 0 ? step : medianOf(some));
  const sum = some.reduce((total, distance) => total + Math.min(distance, most), 0);
  return (overMean * sum) / distances.length;
}
