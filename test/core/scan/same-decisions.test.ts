import { expect, test } from 'vitest';
import { seedsOf, shareOfRuns } from '../../use/share-of-runs.ts';
import { decisionsOnStream } from './same-decisions.ts';

const compare = (first: number, streams: number, mostPoints: number): number => {
  let alarms = 0;
  for (const index of seedsOf(streams)) {
    const seed = first + index;
    const { name, options, found, expected } = decisionsOnStream(seed, mostPoints);
    expect(found, `stream ${seed}, ${name}, ${JSON.stringify(options)}`).toEqual(expected);
    alarms += expected.length;
  }
  return alarms;
};

test('on short streams the detector decides as the plain scan does, saved and restored on the way', () => {
  expect(compare(20_000, 2500, 120)).toBeGreaterThan(600 * shareOfRuns);
});

test('on streams of up to a thousand points too', () => {
  expect(compare(1e6, 60, 1000)).toBeGreaterThan(30 * shareOfRuns);
});
