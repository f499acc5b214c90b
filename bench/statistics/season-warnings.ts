/**
 * Measures how often a season is seen in noise that has none, some of it with long waves, and how often in noise that has one.
 *
 * Run: npx tsx bench/statistics/season-warnings.ts [share of the series, default 1]
 */
import { type Draw, heavyTailed, normal, uniform } from '../../cli/produce/random.ts';
import { seasonIn } from '../../cli/season/season-in.ts';
import { positive, scriptArguments } from '../script-arguments.ts';
import { writeResult } from './write-result.ts';

const { share } = scriptArguments(import.meta.url, { share: positive(1) });

/** Each point a share of the one before, and noise. */
function autoregression(correlation: number, noise: (seed: number) => Draw = normal): (seed: number) => Draw {
  return (seed) => {
    const draw = noise(seed);
    let level = 0;
    return () => {
      level = correlation * level + draw();
      return level;
    };
  };
}

/** A level that moves by chance, once in a hundred points. */
function steps(seed: number): Draw {
  const [draw, moves] = [normal(seed), uniform(seed + 1_000_000)];
  let level = 0;
  return () => {
    if (moves() < 0.01) level = 4 * draw();
    return level + draw();
  };
}

/** Independent noise on a sine. */
function seasonal(period: number, height: number, noise: (seed: number) => Draw): (seed: number) => Draw {
  return (seed) => {
    const draw = noise(seed);
    let index = seed;
    return () => height * Math.sin((2 * Math.PI * index++) / period) + draw();
  };
}

const noises: Readonly<Record<string, (seed: number) => Draw>> = {
  independent: normal,
  't₂': heavyTailed,
  'AR(1), 0.5': autoregression(0.5),
  'AR(1), 0.9': autoregression(0.9),
  'AR(1), 0.9, t₂': autoregression(0.9, heavyTailed),
  'AR(1), 0.99': autoregression(0.99),
  'random walk': autoregression(1),
  'steps at random': steps,
  'sine of 1 sd, period 24': seasonal(24, 1, normal),
  'sine of 0.5 sd, period 24': seasonal(24, 0.5, normal),
  // The noise has a standard deviation of 2.29.
  'sine of 1 sd, period 24, AR(1), 0.9': seasonal(24, 2.29, autoregression(0.9)),
};

const rows = Object.entries(noises).flatMap(([noise, draw]) =>
  [
    { points: 256, all: 600 },
    { points: 1440, all: 300 },
    { points: 4096, all: 100 },
  ].map(({ points, all }) => {
    const series = Math.ceil(share * all);
    let seen = 0;
    for (let seed = 0; seed < series; seed++) {
      const next = draw(seed);
      if (seasonIn(Array.from({ length: points }, next)) !== undefined) seen++;
    }
    return { noise, points, series, seen };
  }),
);

await writeResult(
  'season-warnings',
  'Seeded series of so many points: of how many a season is said to be in it. Normal noise where nothing else is said; AR(1): each point is so much of the one before, and noise; ' +
    'steps at random: a level that moves by 4 standard normals once in a hundred points.',
  rows,
);
