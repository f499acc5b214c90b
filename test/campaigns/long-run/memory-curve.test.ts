import { describe, expect, test } from 'vitest';
import { memoryCurve } from './memory-curve.ts';

/** A run of so many minutes that is killed every two minutes: each process grows for a minute, from 100 MB to what `settled` says of its minute. */
function killedRun(minutes: number, settled: (minute: number) => number) {
  const curve = memoryCurve();
  for (let second = 0; second < 60 * minutes; second++) {
    const ageSeconds = second % 120;
    const minute = second / 60;
    const share = Math.min(1, ageSeconds / 60);
    curve.add({ minute, ageSeconds, megabytes: 100 + share * (settled(minute) - 100) });
  }
  return curve;
}

describe('growth', () => {
  test('is that of processes of some age: a young one grows whatever its folder holds', () => {
    expect(killedRun(30, () => 240).growth(5, 30, 60)).toBeCloseTo(0, 9);
    expect(killedRun(30, (minute) => 200 + 4 * minute).growth(5, 30, 60)).toBeGreaterThan(0.35);
  });

  test('passes over parts without a process of that age, but not over the first', () => {
    const curve = memoryCurve();
    for (const minute of [10, 15]) curve.add({ minute, ageSeconds: 90, megabytes: 10 * minute });
    expect(curve.growth(10, 20, 60)).toBeCloseTo(0.5, 9);
    expect(curve.growth(5, 20, 60)).toBeNaN();
  });
});

test('the minutes and the most of a run', () => {
  const curve = killedRun(2, () => 240);
  expect(curve.take()).toEqual({ least: 100, median: 240, most: 240 });
  expect(curve.most).toBe(240);
  expect(curve.take().median).toBeNaN();
});
