import { uniform } from '../../../cli/produce/random.ts';
import { kinds } from './kinds.ts';
import { planLevels } from './levels.ts';

/** A series of which it is known where it changes. */
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
  /** Of each kind. */
  readonly series: number;
  /** Of each series. */
  readonly points: number;
}

/** Digits after the point that are kept: what is written is what was made. */
const digits = 4;
/** Seeds of neighbouring series lie this far apart, and those of kinds beyond all series of one. */
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
