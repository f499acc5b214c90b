import { describe, expect, test } from 'vitest';
import { type EstimatedScan, Estimates } from '../../../core/src/scan/dependence/estimates.ts';
import { type Inflation, noInflation } from '../../../core/src/scan/dependence/inflation.ts';
import { newestScheduled } from '../../../core/src/scan/dependence/schedule.ts';
import type { ScanScore } from '../../../core/src/scan/scan-score.ts';

/** A scan that counts its estimates. A score exceeds what it must under an estimate of an earlier length, or of so many at this one. */
class FakeScan implements EstimatedScan {
  length = 0;
  estimates = 0;
  leaps = 0;
  #here = 0;
  readonly #passes: number;

  constructor(passes: number) {
    this.#passes = passes;
  }

  grow(): void {
    this.length++;
    this.#here = 0;
  }

  mostEvident = () => 0;

  estimate(): Inflation {
    this.estimates++;
    this.#here++;
    return { ...noInflation };
  }

  leap(): undefined {
    this.leaps++;
  }

  exceeding(): ScanScore | undefined {
    const score = { statistic: 5, needed: 4, pValue: 0, direction: 'up', split: 1 + this.#here } as const;
    return this.#here <= this.#passes ? score : undefined;
  }
}

function run(passes: number, lengths: number, startup = 0) {
  const scan = new FakeScan(passes);
  const estimates = new Estimates(noInflation, startup);
  const asked: number[] = [];
  let alarms = 0;
  for (let length = 1; length <= lengths; length++) {
    scan.grow();
    const before = scan.estimates;
    if (estimates.decide(scan)) alarms++;
    asked.push(scan.estimates - before);
  }
  return { asked, alarms };
}

test('a series that is refused at every chance has fewer estimates a point the longer it is', () => {
  const { asked, alarms } = run(1, 100_000);
  expect(alarms).toBe(0);
  for (const [from, to] of [
    [100, 1000],
    [1000, 10_000],
    [10_000, 100_000],
  ] as const) {
    const estimates = asked.slice(from, to).reduce((sum, count) => sum + count, 0);
    expect(estimates / (to - from), `from ${from} on`).toBeLessThan(6 / Math.sqrt(from));
  }
});

test('at one point there are at most four for the splits that seem best, and one on schedule', () => {
  const { asked, alarms } = run(9, 1000);
  expect(Math.max(...asked)).toBe(5);
  expect(alarms).toBe(1000);
});

describe('the newest scheduled length', () => {
  test.each([
    [0, 0],
    [19, 0],
    [20, 20],
    [25, 20],
    [26, 26],
    [105, 84],
    [106, 106],
    [159, 106],
    [160, 160],
    [10_000, 9322],
  ])('of %d points is %d', (points, length) => expect(newestScheduled(points)).toBe(length));
});

test.each([20, 100, 6000])(
  'before a startup of %d points there are the scheduled estimates alone',
  (startup) => {
    const { asked, alarms } = run(1, startup - 1, startup);
    expect(alarms).toBe(0);
    const scheduledOnly = asked.map((_, index) => Number(newestScheduled(index + 1) === index + 1));
    expect(asked).toEqual(scheduledOnly);
  },
);
