import { AedDetector, type ChangePoint } from '@aed/core';
import { integer, randomOf } from './random.ts';
import { type RandomStream, randomStream } from './random-streams.ts';
import { ReferenceDetector } from './reference-detector.ts';

/** What a stream's two detectors said, each of the points where one of them said something. */
export interface Comparison {
  readonly stream: RandomStream;
  readonly found: readonly (ChangePoint | undefined)[];
  readonly expected: readonly (ChangePoint | undefined)[];
}

/** Runs the shipped detector, saved and restored at random points, beside the recursion over the stream of a seed. */
export function compareOnStream(seed: number, mostPoints: number): Comparison {
  const random = randomOf(seed);
  const stream = randomStream(random, mostPoints);
  const pause = integer(random, 1, 2 * mostPoints);
  const reference = new ReferenceDetector(stream.options);
  let detector = new AedDetector(stream.options);
  const found: (ChangePoint | undefined)[] = [];
  const expected: (ChangePoint | undefined)[] = [];
  stream.values.forEach((value, index) => {
    if (index % pause === pause - 1) detector = AedDetector.fromJSON(detector.toJSON());
    const answers = [detector.push(value), reference.push(value)] as const;
    if (answers[0] === undefined && answers[1] === undefined) return;
    found.push(answers[0]);
    expected.push(answers[1]);
  });
  return { stream, found, expected };
}
