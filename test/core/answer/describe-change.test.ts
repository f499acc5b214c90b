import { resolveOptions } from '@aed/core';
import { expect, test } from 'vitest';
import { answerOf } from '../../../core/src/answer/answer.ts';
import { placeOfChange } from '../../../core/src/answer/describe-change.ts';
import { noInflation } from '../../../core/src/scan/dependence/inflation.ts';
import { withoutSeason } from '../../../core/src/seasons/without-season.ts';
import { integer, normal, randomOf } from '../random.ts';

/** A regime that wanders and jumps up, on a season. */
function wanderingDays(seed: number, period: number) {
  const random = randomOf(seed);
  const split = integer(random, 24, 60);
  let wandering = 0;
  const regime = Float64Array.from({ length: split + integer(random, 8, 30) }, (_, index) => {
    wandering = 0.8 * wandering + normal(random);
    return wandering + 3 * Math.sin((2 * Math.PI * index) / period) + (index < split ? 0 : 6);
  });
  return { regime, split };
}

const period = 6;
const options = resolveOptions({ statistic: 'scan', period });
const inflation = { ...noInflation, limit: 9 };

test('a place is looked for without the season, whose phases count, and in wander by its steps if there is none', () => {
  let different = 0;
  for (let seed = 0; seed < 60; seed++) {
    const { regime, split } = wanderingDays(seed, period);
    const phases = regime.map((_, index) => index % period);
    const level = withoutSeason(regime, phases, split);
    const share = regime.length / (regime.length - period);
    const inSeason = answerOf(level, split, 'up', inflation.limit, { phases, regime, share });
    const inWander = answerOf(regime, split, 'up', inflation.limit);

    const place = (of?: Float64Array) =>
      placeOfChange(regime, split, 'up', options, of, undefined, inflation);
    expect(place(phases), `seed ${seed}`).toMatchObject(described(inSeason));
    expect(place(), `seed ${seed}`).toMatchObject(described(inWander));
    const asInWander = answerOf(level, split, 'up', inflation.limit);
    if (JSON.stringify(described(asInWander)) !== JSON.stringify(described(inSeason))) different++;
  }
  expect(different).toBeGreaterThan(10);
});

function described({ place: { mode, interval }, kind }: ReturnType<typeof answerOf>) {
  return { split: mode, interval, kind };
}
