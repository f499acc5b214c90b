import { expect, test } from 'vitest';
import { Certificate } from '../../core/src/certificate/certificate.ts';
import { SortedRegime } from '../../core/src/sorted-regime.ts';
import { SplitStatistics } from '../../core/src/split-statistics.ts';
import { randomOf } from './random.ts';
import { randomStream } from './random-streams.ts';

/** Of the streams; few in the run with mutants, which is much slower. */
const share = Number(process.env.SHARE_OF_RUNS ?? 1);

// The sharpest requirement that there is: K itself is what is needed, so a bound that is too small by one half is found out.
test('no bound is ever below the statistic that it bounds', () => {
  let certified = 0;
  for (let seed = 0; seed < 150 * share; seed++) {
    const { name, values, options } = randomStream(randomOf(5e6 + seed), 700);
    const { practicalThreshold = 0 } = options;
    const statistics = new SplitStatistics(practicalThreshold);
    let needed = 0;
    const certificate = new Certificate(practicalThreshold, () => needed);
    const all = Float64Array.from(values);
    for (let length = 1; length <= all.length; length++) {
      const regime = all.subarray(0, length);
      statistics.add(regime, length - 1);
      const { statistic } = statistics.maximum();
      // What is needed may only rise.
      const isReached = statistic > needed;
      needed = Math.max(needed, statistic);
      if (certificate.admit(all[length - 1] as number)) {
        certified++;
        if (isReached) expect.fail(`a bound is too small at point ${length} of stream ${seed}, ${name}`);
      } else if (length % 3 === 0) {
        if (length % 9 === 0) {
          const sorted = new SortedRegime(practicalThreshold);
          sorted.add(regime);
          certificate.rebuild(sorted);
        }
        certificate.startFrom(statistics);
      }
    }
  }
  expect(certified).toBeGreaterThan(0);
});
