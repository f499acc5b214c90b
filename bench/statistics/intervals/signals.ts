import { type Draw, exponential, heavyTailed, normal } from '../../../cli/produce/random.ts';
import { autoregression } from '../dependent-noise.ts';
import { counts, mostlyZero, type Noise, ones } from '../noises.ts';

/** A series before and after something happens: draws the next point, `later` points after that happened; negative before. */
type Series = (seed: number) => (later: number) => number;

/** Something that happens to a kind of noise. */
export interface Signal {
  readonly noise: string;
  readonly what: string;
  /** How far the level jumps; `undefined` if it does not, or if that says little about it. */
  readonly jump?: number;
  readonly series: Series;
}

const backwards: Noise = (seed) => {
  const draw = exponential(seed);
  return () => -draw();
};

/** Of standard deviation 1, but for t₂, which has none. */
const noises: Readonly<Record<string, Noise>> = {
  normal,
  't₂': heavyTailed,
  exponential,
  'exponential, upside down': backwards,
  'AR(1), ρ 0.5': autoregression(0.5),
};

export const noiseNames = Object.keys(noises);

/** Noises that wander: neighbours are close to each other beside how far the series goes. */
const wandering: Readonly<Record<string, Noise>> = {
  'AR(1), ρ 0.9': autoregression(0.9),
  'AR(1), ρ 0.97': autoregression(0.97),
  'AR(1), ρ 0.9, t₂ noise': autoregression(0.9, heavyTailed),
};

export const wanderingNames = Object.keys(wandering);

export function step(noise: string, jump: number): Signal {
  return {
    ...{ noise, what: `step of ${jump}`, jump },
    series: (seed) => {
      const draw = drawOf(noise, seed);
      return (later) => draw() + (later < 0 ? 0 : jump);
    },
  };
}

export function ramp(noise: string, slope: number): Signal {
  return {
    ...{ noise, what: `ramp of ${slope} a point` },
    series: (seed) => {
      const draw = drawOf(noise, seed);
      return (later) => draw() + Math.max(0, later) * slope;
    },
  };
}

/** Zeros and ones whose share of ones changes. */
export function shares(before: number, after: number): Signal {
  return {
    ...{ noise: 'zeros and ones', what: `share ${before}, then ${after}` },
    series: (seed) => switched(ones(seed, before), ones(seed, after)),
  };
}

/** Zeros with exponential values between them, whose share changes. */
export function rareValues(before: number, after: number): Signal {
  return {
    ...{ noise: 'zeros and rare values', what: `share ${before}, then ${after}` },
    series: (seed) => switched(mostlyZero(seed, before), mostlyZero(seed, after)),
  };
}

export function means(before: number, after: number): Signal {
  return {
    ...{ noise: 'Poisson', what: `mean ${before}, then ${after}` },
    series: (seed) => switched(counts(seed, before), counts(seed, after)),
  };
}

/** First the one, then the other. Both draw at each point, so that no random number comes twice. */
function switched(before: Draw, after: Draw): ReturnType<Series> {
  return (later) => {
    const values = [before(), after()] as const;
    return values[later < 0 ? 0 : 1];
  };
}

function drawOf(noise: string, seed: number): Draw {
  const start = noises[noise] ?? wandering[noise];
  if (start === undefined) throw new Error(`no noise ${noise}`);
  return start(seed);
}
