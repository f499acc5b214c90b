import { AedDetector, type DetectorOptions, resolveOptions } from '@aed/core';
import { expect, test } from 'vitest';
import { SeasonalSplits } from '../../../core/src/seasons/seasonal-splits.ts';
import { seedsOf } from '../../use/share-of-runs.ts';
import { integer, normal, oneOf, type Random, randomOf } from '../random.ts';
import { seasonalLevels, seasonalTieFactor } from './plain-ties.ts';
import { decisionOf, plainDecisions } from './same-decisions.ts';

type Noise = (random: Random, phase: number) => number;

/** Values of which many are equal, at least at some places of the season. */
const noises: Readonly<Record<string, Noise>> = {
  'rare ones': (random) => Number(random() < 0.02),
  'zeros and ones': (random) => Number(random() < 0.5),
  'rare values, no two alike': (random) => (random() < 0.9 ? 0 : random()),
  'few integers': (random) => integer(random, -2, 2),
  'hours with counts, and hours without': (random, phase) => (phase % 3 === 0 ? 0 : integer(random, 0, 4)),
  'hours of levels of their own': (random, phase) => 5 * phase + Math.round(normal(random)),
};
const each = Object.entries(noises).map(([name, noise]) => ({ name, noise }));

test.each(each)('the detector decides as the plain scan does: $name', ({ noise }) => {
  for (const seed of seedsOf(25)) {
    const random = randomOf(seed);
    const period = oneOf(random, [2, 3, 7, 12]);
    const options = resolveOptions({
      statistic: 'scan',
      period,
      falseAlarmEvery: oneOf(random, [100, 1000, 10_000]),
      dependence: oneOf(random, ['auto', 'independent'] as const),
      minimumLength: oneOf(random, [2, 8]),
    });
    const changeAt = integer(random, 20, 250);
    // A place by the index, as the plain scan has it.
    const placeOf = (index: number) => (index + 3 * Math.floor(index / 40)) % period;
    const values = Array.from({ length: 250 }, (_, index) =>
      index < changeAt
        ? noise(random, placeOf(index))
        : noise(random, placeOf(index)) + Number(random() < 0.4),
    );
    const pause = integer(random, 1, 300);
    let detector = new AedDetector(options);
    const found = values.flatMap((value, index) => {
      if (index % pause === pause - 1) detector = AedDetector.fromJSON(detector.toJSON());
      return detector.push(value, placeOf(index)) ?? [];
    });
    expect(found.map(decisionOf), `seed ${seed}`).toEqual(plainDecisions(values, options));
  }
});

test.each(each)(
  'ties and levels are those of the definition, whenever they were asked for: $name',
  ({ noise }) => {
    const random = randomOf(5);
    const period = 5;
    const [asked, unasked] = [new SeasonalSplits(0), new SeasonalSplits(0)];
    const values: number[] = [];
    const phases: number[] = [];
    for (let index = 0; index < 300; index++) {
      // From 280 on they are of a phase that the first 256 points have not.
      const phase = index < 280 ? (index * (index < 150 ? 1 : 2)) % period : period;
      values.push(noise(random, phase));
      phases.push(phase);
      for (const splits of [asked, unasked]) splits.push(values[index] ?? 0, phase);
      const found = asked.levelsIn('ascending');
      if (index % 37 !== 0) continue;
      expect(asked.factor).toBe(seasonalTieFactor(values, phases));
      expect(found).toEqual(seasonalLevels(values, phases, 1));
      expect(asked.levelsIn('descending')).toEqual(seasonalLevels(values, phases, -1));
    }
    expect(unasked.levelsIn('ascending')).toEqual(asked.levelsIn('ascending'));
  },
);

const every = 1000;
const daily: DetectorOptions = {
  statistic: 'scan',
  period: 24,
  dependence: 'independent',
  falseAlarmEvery: every,
};

test.each(each)('false alarms are no more frequent than stated: $name', ({ noise }) => {
  const random = randomOf(11);
  const detector = new AedDetector(daily);
  let alarms = 0;
  for (let index = 0; index < 30 * every; index++)
    if (detector.push(noise(random, index % 24), index % 24) !== undefined) alarms++;
  // The mean is at most 30; three standard deviations above it.
  expect(alarms).toBeLessThan(47);
});

test.each([
  ['zeros that become ones', () => 0, () => 1, 5],
  ['rare ones that become frequent', noises['rare ones'], (random: Random) => Number(random() < 0.5), 30],
  [
    'hours with counts that double',
    noises['hours with counts, and hours without'],
    (random: Random, phase: number) => (phase % 3 === 0 ? 0 : integer(random, 3, 9)),
    30,
  ],
] as const)('a change is known soon: %s', (_, before, after, most) => {
  const random = randomOf(13);
  const detector = new AedDetector({ ...daily, falseAlarmEvery: 10_000 });
  let delay = 0;
  for (let index = 0; index < 800; index++) {
    const phase = index % 24;
    const found = detector.push((index < 700 ? before : after)?.(random, phase) ?? 0, phase);
    if (index < 700) expect(found).toBeUndefined();
    else if (found !== undefined && delay === 0) delay = index - 699;
  }
  expect(delay).toBeGreaterThan(0);
  expect(delay).toBeLessThanOrEqual(most);
});
