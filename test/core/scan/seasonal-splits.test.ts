import { expect, test } from 'vitest';
import { SeasonalSplits } from '../../../core/src/seasons/seasonal-splits.ts';
import { integer, normal, type Random, randomOf } from '../random.ts';
import { keptSplits } from './plain-scores.ts';
import { seasonalPairs, seasonalU, seasonalVariances } from './plain-season.ts';

const splitsOf = (kept: SeasonalSplits) => [...kept.starts.subarray(1, kept.blocks)];

test('the splits are those of the definition, at every length', () => {
  const kept = new SeasonalSplits(0);
  for (let T = 1; T <= 600; T++) {
    kept.push(0, T % 5);
    expect(splitsOf(kept)).toEqual(keptSplits(T));
  }
});

const phases: Readonly<Record<string, (random: Random, index: number) => number>> = {
  'of a period of 2': (_, index) => index % 2,
  'of a period of 7': (_, index) => index % 7,
  'of a period of 24 from 5 on': (_, index) => (index + 5) % 24,
  'of a period longer than the series': (_, index) => index % 1000,
  'with gaps': (_, index) => (index + 11 * Math.floor(index / 40)) % 24,
  'in no order': (random) => integer(random, 0, 5),
  'that hold a whole run each': (_, index) => Math.floor(index / 13) % 4,
};
const values: Readonly<Record<string, (random: Random, index: number) => number>> = {
  normal,
  'of few levels': (random) => Math.round(2 * normal(random)) / 2,
  'mostly zero': (random) => (random() < 0.9 ? 0 : normal(random)),
  constant: () => 3,
  'with a season': (random, index) => Math.round(4 * Math.sin((index * Math.PI) / 12) + normal(random)),
};

test.each(
  Object.keys(phases).flatMap((phase) =>
    Object.keys(values).flatMap((value) => [0, 0.5, 1.3].map((delta) => ({ phase, value, delta }))),
  ),
)('with δ = $delta and phases $phase the statistics of $value values are those of the definition', (row) => {
  const random = randomOf(7);
  const kept = new SeasonalSplits(row.delta);
  const seen: number[] = [];
  const places: number[] = [];
  for (let index = 0; index < 330; index++) {
    const [value, phase] = [values[row.value]?.(random, index) ?? 0, phases[row.phase]?.(random, index) ?? 0];
    seen.push(value);
    places.push(phase);
    kept.push(value, phase);
    if (index % 47 !== 46) continue;
    const variances = seasonalVariances(seen, places, row.delta);
    splitsOf(kept).forEach((t, block) => {
      expect(kept.rise[block]).toBe(seasonalU(seen, places, t, row.delta));
      expect(kept.fall[block]).toBe(seasonalU(seen, places, t, -row.delta));
      expect(kept.variances[block]).toBe(variances[t - 1]);
      expect(kept.pairs[block]).toBe(seasonalPairs(places)[t - 1]);
    });
  }
});
