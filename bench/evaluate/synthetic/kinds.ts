import { type Draw, heavyTailed, normal, uniform } from '../../../cli/produce/random.ts';

/** A kind of synthetic series: how its values are made from its levels. */
export interface Kind {
  /** One line of description. */
  readonly meaning: string;
  /** Length of a change, as a share of the series. Absent if changes are sudden. */
  readonly transition?: number;
  values(levels: readonly number[], seed: number): readonly number[];
}

/** The period of the kind that has a season. */
export const seasonPoints = 24;
const dependence = 0.7;
const spikes = { rate: 0.005, size: 10, longest: 3 };

/** The kinds by the name of their groups. Sizes are in standard deviations of the noise, which t₂ does not have: of it they are in its scale. */
export const kinds: Readonly<Record<string, Kind>> = {
  shifts: {
    meaning: 'sudden shifts in normal noise',
    values: (levels, seed) => around(levels, normal(seed)),
  },
  drifts: {
    meaning: 'changes that take a tenth of the series, in normal noise',
    transition: 0.1,
    values: (levels, seed) => around(levels, normal(seed)),
  },
  spikes: {
    meaning: `shifts, and excursions by ${spikes.size} sd for up to ${spikes.longest} points, which are no changes`,
    values: (levels, seed) => withSpikes(around(levels, normal(seed)), uniform(~seed)),
  },
  season: {
    meaning: `shifts on a sine of 2 sd with a period of ${seasonPoints} points`,
    values: (levels, seed) =>
      around(levels, normal(seed)).map(
        (value, index) => value + 2 * Math.sin((2 * Math.PI * index) / seasonPoints),
      ),
  },
  'ar-1': {
    meaning: `shifts in autoregressive noise with coefficient ${dependence}`,
    values: (levels, seed) => around(levels, autoregressive(normal(seed))),
  },
  'heavy-tails': {
    meaning: 'shifts in noise of t₂, in units of its scale',
    values: (levels, seed) => around(levels, heavyTailed(seed)),
  },
  ties: {
    meaning: 'shifts in normal noise, rounded to whole numbers',
    values: (levels, seed) => around(levels, normal(seed)).map((value) => Math.round(value) + 0),
  },
  'rare-events': {
    meaning: 'zeros and ones; the log odds of a one move',
    values: (levels, seed) => events(levels, uniform(seed)),
  },
};

function around(levels: readonly number[], noise: Draw): readonly number[] {
  return levels.map((level) => level + noise());
}

/** Autoregressive noise of standard deviation 1. @param innovation - noise of standard deviation 1 */
function autoregressive(innovation: Draw): Draw {
  let last = innovation();
  return () => {
    last = dependence * last + Math.sqrt(1 - dependence ** 2) * innovation();
    return last;
  };
}

function withSpikes(values: readonly number[], chance: Draw): readonly number[] {
  let left = 0;
  let size = 0;
  return values.map((value) => {
    if (left === 0 && chance() < spikes.rate) {
      left = 1 + Math.floor(spikes.longest * chance());
      size = chance() < 0.5 ? -spikes.size : spikes.size;
    }
    if (left === 0) return value;
    left--;
    return value + size;
  });
}

/** Zeros and ones. At level 0 about 5 % are ones. */
function events(levels: readonly number[], chance: Draw): readonly number[] {
  return levels.map((level) => (chance() < 1 / (1 + Math.exp(3 - level)) ? 1 : 0));
}
