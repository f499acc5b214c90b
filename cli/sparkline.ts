const bars = '▁▂▃▄▅▆▇█';

/** Values as one line of bars, scaled from the lowest to the highest. If there are more values than bars, a bar is a mean. */
export function sparkline(values: readonly number[], width: number): string {
  const shown = values.length <= width ? values : means(values, width);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of shown) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const top = bars.length - 1;
  const heightOf = (value: number) =>
    high === low ? top >> 1 : Math.round(((value - low) / (high - low)) * top);
  return shown.map((value) => bars[heightOf(value)]).join('');
}

function means(values: readonly number[], width: number): readonly number[] {
  return Array.from({ length: width }, (_, index) => {
    const start = Math.floor((index * values.length) / width);
    const stretch = values.slice(start, Math.floor(((index + 1) * values.length) / width));
    return stretch.reduce((sum, value) => sum + value / stretch.length, 0);
  });
}
