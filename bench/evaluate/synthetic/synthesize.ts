import { uniform } from '../../../cli/produce/random.ts';
import { kinds } from './kinds.ts';
import { planLevels } from './levels.ts';

/** A series with known changes. */
export interface SyntheticSeries {
  /** Its kind, a slash and its number. */
  readonly name: string;
  readonly values: readonly number[];
  /** 0-based index of the first point that moves, for each change. */
  readonly changes: readonly number[];
}

export interface SynthesisOptions {
  /** A whole number; the same seed makes the same series. */
  readonly seed: number;
  /** Number of series of each kind. */
  readonly series: number;
  /** Number of points of each series. */
  readonly points: number;
}

/** Values are rounded to so many decimals, so that a file holds them exactly. */
const digits = 4;
/** Distance of the seeds of two successive series, over all kinds. */
const seedStep = 7919;

/** Annotated series of every kind. */
export function* synthesize({ seed, series, points }: SynthesisOptions): Generator<SyntheticSeries> {
  let number = 0;
  for (const [name, kind] of Object.entries(kinds)) {
    for (let index = 0; index < series; index++, number++) {
      const own = (seed + number * seedStep) | 0;
      const transition = Math.max(1, Math.round((kind.transition ?? 0) * points));
      const { levels, changes } = planLevels(points, transition, uniform(own ^ 0x5bd1e995));
      const values = kind.values(levels, own).map((value) => Number(value.toFixed(digits)));
      yield { name: `${name}/${index + 1}`, values, changes };
    }
  }
}
