import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerOf, mostEqual } from '../../../core/src/answer/answer.ts';
import { answerByInnovations } from '../../../core/src/answer/answer-by-innovations.ts';
import { valueCells } from '../../../core/src/answer/cells.ts';
import { kindOf, logOddsOfShift } from '../../../core/src/answer/kind.ts';
import { placeOf } from '../../../core/src/answer/place.ts';
import { tiedPlaceOf } from '../../../core/src/answer/tied-place.ts';
import { tiltedLikelihood } from '../../../core/src/answer/tilt.ts';
import { twoLevels } from '../../../core/src/answer/two-levels.ts';
import { winsorised } from '../../../core/src/answer/winsorised.ts';
import { runsOf, seedsOf, shareOfRuns } from '../../use/share-of-runs.ts';
import { integer, normal, oneOf, type Random, randomOf } from '../random.ts';
import { exactTilt, plainOdds, plainPlace, plainTiedPlace, plainTilt } from './plain-answer.ts';
import { plainAnswerByInnovations } from './plain-innovations.ts';

/** A regime that moves at `split`, or climbs from there, in noise of one of several kinds. */
function movingRegime(seed: number) {
  const random = randomOf(seed);
  const noise = oneOf<(random: Random) => number>(random, [
    normal,
    (draw) => normal(draw) / Math.sqrt(-Math.log(1 - draw())),
    (draw) => -Math.log(1 - draw()),
    (draw) => Math.log(1 - draw()),
  ]);
  const split = integer(random, 1, 60);
  const later = integer(random, 1, 30);
  const jump = oneOf(random, [-4, -1, 1, 2, 5]);
  const isRamp = random() < 0.3;
  const values = Array.from({ length: split + later }, (_, index) => {
    const after = index < split ? 0 : isRamp ? (index - split) / later : 1;
    return noise(random) + jump * after;
  });
  return { values, split, inflation: oneOf(random, [1, 1, 1.5, 4]) };
}

/** The same, each point near the one before it, in innovations of one of several kinds. */
function wanderingRegime(seed: number) {
  const random = randomOf(seed);
  const { values, split, inflation } = movingRegime(seed);
  const carried = oneOf(random, [0, 0.5, 0.9, 0.99]);
  const jump = oneOf(random, [-20, -3, 0, 3, 20]);
  const outlier = oneOf(random, [0, 0, 1e4, 1e12]);
  const outliers = integer(random, 0, 8);
  let level = 0;
  const wandering = values.map((value, index) => {
    level = carried * level + value;
    const isOutlier = values.length - index <= outliers && random() < 0.7;
    return level + (index < split ? 0 : jump) + (isOutlier ? outlier * (1 + random()) : 0);
  });
  return { values: wandering, split, inflation: inflation * oneOf(random, [1, 10]) };
}

/** A regime of few values, whose frequencies change at `split`. */
function tiedRegime(seed: number) {
  const random = randomOf(seed);
  const most = integer(random, 1, 6);
  const split = integer(random, 1, 60);
  const tilt = oneOf(random, [0.4, 2, 3]);
  const values = Array.from({ length: split + integer(random, 1, 30) }, (_, index) =>
    Math.floor((most + 1) * random() ** (index < split ? 1 : tilt)),
  );
  const direction = oneOf(random, ['up', 'down'] as const);
  return { values, split, direction, inflation: oneOf(random, [1, 1, 2]) };
}

const seeds = seedsOf(300);
/** For definitions that cost the cube of the points. */
const fewSeeds = seedsOf(40);
/** The place of a jump by its innovations, and its kind by the odds. */
function plainJump(values: readonly number[], split: number, inflation: number) {
  const found = plainAnswerByInnovations(values, split, inflation);
  if (found === undefined) return undefined;
  const { place, odds } = found;
  return { place, kind: odds >= 0.8 ? 'shift' : odds <= -2.5 ? 'drift' : 'unsure' };
}
const around = (values: readonly number[], split: number) => winsorised(Float64Array.from(values), split);

describe('equals its definition', () => {
  test('the place, and its interval', () => {
    for (const seed of seeds) {
      const { values, split, inflation } = movingRegime(seed);
      const regime = around(values, split);
      const found = placeOf(regime, twoLevels(regime), inflation);
      expect(found, `seed ${seed}`).toEqual(plainPlace(values, split, inflation));
    }
  });

  test('the place in a season, and its interval', () => {
    for (const seed of fewSeeds) {
      const { values, split, inflation } = movingRegime(seed);
      const period = integer(randomOf(seed + 1000), 2, 12);
      const phases = values.map((_, index) => index % period);
      const regime = around(values, split);
      const found = placeOf(regime, twoLevels(regime, Float64Array.from(phases)), inflation);
      expect(found, `seed ${seed}`).toEqual(plainPlace(values, split, inflation, phases));
    }
  });

  test('the place of a jump in noise that wanders, its interval and its kind', () => {
    const kinds: (string | undefined)[] = [];
    for (const seed of seeds) {
      const { values, split, inflation } = wanderingRegime(seed);
      const found = answerByInnovations(around(values, split), inflation);
      expect(found, `seed ${seed}`).toEqual(plainJump(values, split, inflation));
      kinds.push(found?.kind);
    }
    for (const kind of ['shift', 'drift', 'unsure', undefined])
      expect(kinds.filter((one) => one === kind).length, String(kind)).toBeGreaterThan(10 * shareOfRuns);
  });

  test('the place among repeated values, and its interval', () => {
    for (const seed of fewSeeds) {
      const { values, split, direction, inflation } = tiedRegime(seed);
      const uncommon = values.length - mostEqual(Float64Array.from(values).sort());
      const found = tiedPlaceOf(around(values, split), direction, uncommon, inflation);
      expect(found, `seed ${seed}`).toEqual(plainTiedPlace(values, split, direction, inflation));
    }
  });

  test('the likelihood of an order, given the points', () => {
    for (const seed of fewSeeds) {
      const { values, split, direction } = tiedRegime(seed);
      const cells = valueCells(around(values, split), direction);
      const scores = Array.from(cells.ofPoints, (cell) => cells.scores[cell] ?? Number.NaN);
      for (const size of [0.3, 1, 3]) {
        const logs = tiltedLikelihood(cells, size, 1, 1000);
        logs.forEach((log, t) => {
          if (t === 0) return;
          expect(log, `seed ${seed}`).toBeCloseTo(plainTilt(scores, t, size), 3);
          expect(Math.abs(log - exactTilt(scores, t, size)), `seed ${seed}`).toBeLessThan(0.1);
        });
      }
    }
  });

  test('such a likelihood of any cells and any size is found', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 9 });
    fc.assert(
      fc.property(counts, fc.double({ min: 0.001, max: 80, noNaN: true }), (each, size) => {
        const ofPoints = each.flatMap((count, cell) => Array<number>(count).fill(cell));
        const cells = {
          ofPoints: Float64Array.from(ofPoints),
          counts: Float64Array.from(each),
          scores: Float64Array.from(each, (_, cell) => cell / (each.length - 1)),
          variance: 1,
          gap: 1 / (each.length - 1),
        };
        const logs = tiltedLikelihood(cells, size, 1, Infinity);
        expect(logs.slice(1).every(Number.isFinite)).toBe(true);
      }),
      { numRuns: runsOf(500) },
    );
  });

  test('the odds of a shift', () => {
    for (const seed of seeds) {
      const { values, split, inflation } = movingRegime(seed);
      const regime = around(values, split);
      const found = logOddsOfShift(regime, twoLevels(regime), inflation);
      expect(found, `seed ${seed}`).toBeCloseTo(plainOdds(values, split, inflation), 6);
    }
  });
});

describe('the answer is that of the model for such points', () => {
  /** The two levels, looked at again where they are found, and a jump around them, looked at again likewise. */
  function plainAnswerOf(values: readonly number[], split: number, inflation: number) {
    const first = plainPlace(values, split, inflation);
    const again = plainPlace(values, first.mode, inflation);
    const [place, from] = again.mode === first.mode ? [again, first.mode] : [first, split];
    const odds = plainOdds(values, from, inflation);
    const settled = { place, kind: odds >= 0.8 ? 'shift' : odds <= -1.9 ? 'drift' : 'unsure' };
    if (inflation < 1.5) return settled;
    const jump = plainJump(values, place.mode, inflation);
    return jump === undefined ? settled : (plainJump(values, jump.place.mode, inflation) ?? settled);
  }

  test('which depend on each other, or do not', () => {
    let jumps = 0;
    for (const seed of seedsOf(60)) {
      const { values, split } = wanderingRegime(seed);
      for (const inflation of [1.49, 1.5, 10]) {
        const answer = answerOf(Float64Array.from(values), split, 'up', inflation);
        expect(answer, `seed ${seed}`).toEqual(plainAnswerOf(values, split, inflation));
      }
      const [independent, dependent] = [1.49, 1.5].map((one) => plainAnswerOf(values, split, one));
      if (JSON.stringify(independent) !== JSON.stringify(dependent)) jumps++;
    }
    expect(jumps).toBeGreaterThan(10 * shareOfRuns);
  });

  test('which repeat, however much they depend on each other', () => {
    for (const seed of seeds) {
      const { values, split, direction } = tiedRegime(seed);
      const uncommon = values.length - mostEqual(Float64Array.from(values).sort());
      const { place } = answerOf(Float64Array.from(values), split, direction, 5);
      expect(place, `seed ${seed}`).toEqual(tiedPlaceOf(around(values, split), direction, uncommon, 5));
    }
  });

  test('which have a season, however much they depend on each other', () => {
    const period = 12;
    let kinds = 0;
    for (const seed of seeds) {
      const { values, split } = movingRegime(seed);
      const level = Float64Array.from(values);
      const phases = level.map((_, index) => index % period);
      const share = values.length / Math.max(1, values.length - period);
      const answer = answerOf(level, split, 'up', 2, { phases, regime: level, share });
      const seen = [split, answer.place.mode].map((place) => {
        const regime = winsorised(level, place, Math.sqrt(share));
        const levels = twoLevels(regime);
        if (kindOf(regime, levels, 2 / share) !== kindOf(regime, levels, 2 * share)) kinds++;
        const found = placeOf(regime, twoLevels(regime, phases), 2);
        return { place: found, kind: kindOf(regime, levels, 2 * share) };
      });
      expect(seen, `seed ${seed}`).toContainEqual(answer);
    }
    expect(kinds).toBeGreaterThan(10 * shareOfRuns);
  });
});

describe('is known', () => {
  const answer = (values: readonly number[], split: number) =>
    answerOf(Float64Array.from(values), split, 'up', 1);
  const level = (of: number, points: number) => Array.from({ length: points }, () => of);

  test('of a jump without noise: one place, a shift', () => {
    const measured = [...level(0, 30), ...level(5, 10)].map((value, index) => value + index * 1e-9);
    const place = { mode: 30, interval: { from: 30, to: 30 } };
    expect(answer(measured, 30)).toEqual({ place, kind: 'shift' });
  });

  test('of a jump between two values: the last old ones may be of the new level, and the first new one of the old', () => {
    const place = { mode: 20, interval: { from: 18, to: 21 } };
    expect(answer([...level(0, 20), ...level(5, 10)], 20)).toEqual({ place, kind: 'shift' });
  });

  test('of values that are all equal: any place', () => {
    expect(answer(level(3, 10), 5).place).toEqual({ mode: 1, interval: { from: 1, to: 9 } });
  });

  test('of a straight line: a drift', () => {
    const line = Array.from({ length: 40 }, (_, index) => index);
    expect(answer(line, 20).kind).toBe('drift');
  });

  test('of a small jump that was known at once: a place within an interval, of unsure kind', () => {
    const { place, kind } = answer([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2.5, 8.5, 4.5, 6.5], 10);
    expect(kind).toBe('unsure');
    expect(place.interval.to - place.interval.from).toBeGreaterThan(3);
  });

  test.each([
    ['two points', [0, 1], 1],
    ['the largest doubles', [-1e308, -1.7e308, -1e308, 1.7e308, 1e308, 1.5e308], 3],
    ['the smallest doubles', [0, 5e-324, 0, 0, 1e-323, 1e-323], 4],
    ['one point that differs in its last digit', [...level(0, 60), 5e-324], 60],
    ['noise of 1e-300 with an outlier', [1e-300, 2e-300, 3e-300, 1e10, 6e-300, 9e-300, 8e-300, 7e-300], 4],
    ['outliers of 1e300', [1, 2, 1.5, 1e300, 2.5, 4, 5, 4.5, -1e300, 5.5], 5],
  ])('of %s: a place between two points', (_, values, split) => {
    for (const inflation of [1, 10]) {
      const { place } = answerOf(Float64Array.from(values), split, 'up', inflation);
      expect(place.mode).toBeGreaterThanOrEqual(1);
      expect(place.mode).toBeLessThan(values.length);
      expect(place.interval.from).toBeLessThanOrEqual(place.mode);
      expect(place.interval.to).toBeGreaterThanOrEqual(place.mode);
    }
  });
});

test('a small change long ago is not placed at the newest points, where the data hardly say that it is', () => {
  for (const seed of fewSeeds) {
    const random = randomOf(seed);
    const change = 0.2 + 0.2 * random();
    const regime = Float64Array.from(
      { length: 3000 },
      (_, index) => normal(random) - (index < 2000 ? 0 : change),
    );
    const { mode } = answerOf(regime, 2000, 'down', 4).place;
    const { squares, least, freedom } = twoLevels(winsorised(regime, mode));
    const loss = (freedom / (2 * 4)) * Math.log((squares[mode] ?? 0) / least);
    expect(loss, `seed ${seed}`).toBeLessThanOrEqual(4);
  }
});

test('a large jump that is found has the same answer from any split near it', () => {
  const points = fc.record({
    seed: fc.nat(),
    carried: fc.constantFrom(0, 0.5),
    jump: fc.double({ min: 10, max: 50, noNaN: true }),
    quiet: fc.integer({ min: 100, max: 400 }),
    later: fc.integer({ min: 8, max: 40 }),
    earlierBy: fc.integer({ min: -5, max: 20 }),
  });
  const runs = 300;
  let found = 0;
  fc.assert(
    fc.property(points, ({ seed, carried, jump, quiet, later, earlierBy }) => {
      const random = randomOf(seed);
      let noise = 0;
      const regime = Float64Array.from({ length: quiet + later }, (_, index) => {
        noise = carried * noise + Math.sqrt(1 - carried ** 2) * normal(random);
        return noise + (index < quiet ? 0 : jump);
      });
      const from = (split: number) => answerOf(regime, split, 'up', 1 + 4 * carried);
      const answer = from(quiet - earlierBy);
      if (answer.place.mode !== quiet) return;
      found++;
      expect(answer).toEqual(from(quiet));
    }),
    { numRuns: runs },
  );
  expect(found).toBeGreaterThan(0.9 * runs);
});

test('a jump beside which the steps of a wandering series are small is found to the point, whatever spikes came before it', () => {
  const points = fc.record({
    seed: fc.nat(),
    carried: fc.constantFrom(0.5, 0.7, 0.9),
    jump: fc.double({ min: 15, max: 100, noNaN: true }),
    quiet: fc.integer({ min: 100, max: 400 }),
    later: fc.integer({ min: 10, max: 40 }),
    spikes: fc.array(fc.integer({ min: -80, max: -8 }), { maxLength: 3 }),
    height: fc.double({ min: -50, max: 50, noNaN: true }),
    offBy: fc.integer({ min: -3, max: 3 }),
  });
  const runs = 300;
  const found: boolean[] = [];
  fc.assert(
    fc.property(points, ({ seed, carried, jump, quiet, later, spikes, height, offBy }) => {
      const random = randomOf(seed);
      const level = (index: number) => (index < quiet ? 0 : jump);
      let noise = 0;
      const regime = Float64Array.from({ length: quiet + later }, (_, index) => {
        noise = carried * noise + normal(random);
        const isSpike = spikes.some((place) => index - quiet - place >= 0 && index - quiet - place < 3);
        return noise + level(index) + (isSpike ? height : 0);
      });
      const { place } = answerOf(regime, quiet - offBy, 'up', (1 + carried) / (1 - carried));
      const { from, to } = place.interval;
      found.push(place.mode === quiet && to - from < 3);
    }),
    { numRuns: runs },
  );
  expect(found.filter(Boolean).length).toBeGreaterThan(0.95 * runs);
});
