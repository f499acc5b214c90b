import { at } from '../float-list.ts';

/** The phases of some points, numbered as they come, with what each has of the points. */
export interface PhaseMeans {
  /** The number of each point's phase. */
  readonly ofPoints: Float64Array;
  /** How many points each phase has. */
  readonly counts: Float64Array;
  /** Their mean. */
  readonly means: Float64Array;
}

/** The mean of each phase; without phases all points are of one. O(n). */
export function phaseMeans(values: Float64Array, phases: Float64Array | undefined): PhaseMeans {
  const numbers = new Map<number, number>();
  const ofPoints = new Float64Array(values.length);
  for (let index = 0; phases !== undefined && index < values.length; index++) {
    const number = numbers.get(at(phases, index)) ?? numbers.size;
    numbers.set(at(phases, index), number);
    ofPoints[index] = number;
  }
  const counts = new Float64Array(Math.max(1, numbers.size));
  const means = new Float64Array(counts.length);
  for (let index = 0; index < values.length; index++) {
    const number = at(ofPoints, index);
    counts[number] = at(counts, number) + 1;
    means[number] = at(means, number) + at(values, index);
  }
  for (let number = 0; number < counts.length; number++)
    means[number] = at(means, number) / at(counts, number);
  return { ofPoints, counts, means };
}
