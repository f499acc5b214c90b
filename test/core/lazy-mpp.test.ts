import { expect, test } from 'vitest';
import { LazyMpp } from '../../core/src/lazy-mpp.ts';
import { MppRecursion } from '../../core/src/mpp-recursion.ts';
import { pValue } from '../../core/src/p-value.ts';
import { randomOf } from './random.ts';
import { randomStream } from './random-streams.ts';
import { compareOnStream } from './same-answers.ts';

const seeds = (count: number) => Array.from({ length: count }, (_, index) => index);

test('finds on a thousand random streams exactly what the recursion finds, saved and restored on the way', () => {
  let changePoints = 0;
  for (const seed of seeds(1000)) {
    const { stream, found, expected } = compareOnStream(seed, 400);
    expect(found, `stream ${seed}, ${stream.name}, ${JSON.stringify(stream.options)}`).toEqual(expected);
    changePoints += expected.length;
  }
  expect(changePoints).toBeGreaterThan(1000);
});

test('says the statistics of the recursion, or rightly that they are not significant', () => {
  let certified = 0;
  let exact = 0;
  for (const seed of seeds(100)) {
    const { name, values, options } = randomStream(randomOf(1e6 + seed), 1500);
    const { practicalThreshold = 0, alpha = 0.01 } = options;
    const recursion = new MppRecursion(practicalThreshold);
    const lazy = new LazyMpp(practicalThreshold, alpha);
    for (const value of values) {
      recursion.push(value);
      lazy.push(value);
      const maximum = lazy.maximum();
      const expected = recursion.maximum();
      if (maximum === undefined) {
        certified++;
        if (pValue(expected.statistic, recursion.length) < alpha)
          expect.fail(`wrongly certified: stream ${seed}, ${name}`);
      } else {
        exact++;
        expect(maximum).toEqual(expected);
        expect(lazy.mostEvidentSplit('up')).toBe(recursion.mostEvidentSplit('up'));
        expect(lazy.mostEvidentSplit('down')).toBe(recursion.mostEvidentSplit('down'));
      }
    }
  }
  expect(certified).toBeGreaterThan(0);
  expect(exact).toBeGreaterThan(0);
});
