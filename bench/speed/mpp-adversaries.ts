import type { DetectorOptions } from '@aed/core';

/** Between 0 and 1, spread evenly and never equal: without chance, so without a change. */
const spread = (index: number) => (index * 0.618034) % 1;

/**
 * A series whose statistic stays as close below the threshold of significance as it can, so that no bound rules a point out.
 *
 * Its first quarter is quiet; then each point is that of three which brings K nearest to the threshold without reaching it.
 */
function hugging(points: number, delta: number, alpha: number): number[] {
  const series: number[] = [];
  const rise = new Float64Array(points);
  const fall = new Float64Array(points);
  const sums = (value: number, visit: (index: number, up: number, down: number) => void) => {
    let up = 0;
    let down = 0;
    series.forEach((earlier, index) => {
      up += Math.sign(value - earlier - delta);
      down += Math.sign(value - earlier + delta);
      visit(index, up, down);
    });
  };
  const statisticWith = (value: number) => {
    let most = 0;
    sums(value, (index, up, down) => {
      most = Math.max(most, (rise[index] as number) + up, -(fall[index] as number) - down);
    });
    return most;
  };
  for (let time = 0; time < points; time++) {
    const total = time + 1;
    const significant = total * Math.sqrt((Math.log(2 / alpha) * (total + 1)) / 6);
    const choices = [spread(time) + delta + 2, spread(time), spread(time) - delta - 2];
    const rated = choices.map((value) => ({ value, statistic: statisticWith(value) }));
    const allowed = rated.filter(({ statistic }) => statistic < 0.999 * significant);
    const nearest = allowed.sort((a, b) => b.statistic - a.statistic)[0];
    const value = time > points / 4 && nearest !== undefined ? nearest.value : spread(time);
    sums(value, (index, up, down) => {
      rise[index] = (rise[index] as number) + up;
      fall[index] = (fall[index] as number) + down;
    });
    series.push(value);
  }
  return series;
}

const series = (points: number, value: (index: number) => number) =>
  Array.from({ length: points }, (_, index) => value(index));

/** Series that are hard for a detector that evaluates lazily. */
export function adversarialSeries(
  points: number,
): readonly (readonly [name: string, values: readonly number[], options: DetectorOptions])[] {
  return [
    ['the statistic hugs the threshold', hugging(points, 0, 0.01), {}],
    ['the same with a practical threshold', hugging(points, 1, 0.01), { practicalThreshold: 1 }],
    ['the same at a lenient level', hugging(points, 0, 0.5), { alpha: 0.5 }],
    ['a slow ramp', series(points, (index) => index / points + spread(index)), {}],
    ['sorted input', series(points, (index) => index), { practicalThreshold: points / 4 }],
    ['sorted input, down', series(points, (index) => -index), { practicalThreshold: points / 3 }],
    ['sorted input that may not be reported', series(points, (index) => index), { alpha: 1e-300 }],
    [
      'alternating extremes',
      series(points, (index) => (index % 2 === 0 ? 1e300 : -1e300) * spread(index)),
      {},
    ],
    ['extremes that grow', series(points, (index) => (index % 2 === 0 ? index : -index)), {}],
    ['a change every sixteen points', series(points, (index) => Math.sin(index / 15)), {}],
    ['one value', series(points, () => 7), {}],
  ];
}
