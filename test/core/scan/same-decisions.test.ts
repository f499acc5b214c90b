import { expect, test } from 'vitest';
import { decisionsOnStream } from './same-decisions.ts';

/** Of the streams; all of them in the run that measures coverage, few in that with mutants, which is some fifty times slower. */
const share = Number(process.env.SHARE_OF_RUNS ?? 0.4);
const compare = (first: number, streams: number, mostPoints: number): number => {
  let alarms = 0;
  for (let seed = first; seed < first + Math.ceil(share * streams); seed++) {
    const { name, options, found, expected } = decisionsOnStream(seed, mostPoints);
    expect(found, `stream ${seed}, ${name}, ${JSON.stringify(options)}`).toEqual(expected);
    alarms += expected.length;
  }
  return alarms;
};

test('on short streams the detector decides as the plain scan does, saved and restored on the way', () => {
  expect(compare(20_000, 2500, 120)).toBeGreaterThan(600 * share);
});

test('on streams of up to a thousand points too', () => {
  expect(compare(1e6, 60, 1000)).toBeGreaterThan(30 * share);
});
