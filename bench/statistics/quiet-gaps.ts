import { AedDetector, type DetectorOptions } from '@aed/core';
import type { Draw } from '../../cli/produce/random.ts';
import { digits, meanAndError } from './mean-and-error.ts';

/** Points between false alarms, divided by those that were stated. */
export interface QuietGaps {
  /** To the first alarm of a stream. */
  readonly first: number;
  readonly firstError: number;
  /** From one alarm to the next. */
  readonly between: number;
  readonly betweenError: number;
}

/** How rarely a detector has a false alarm on quiet streams, each followed up to its `alarms`-th one. */
export function quietGaps(
  streams: number,
  drawOf: (stream: number) => Draw,
  options: DetectorOptions & { readonly falseAlarmEvery: number },
  alarms = 3,
): QuietGaps {
  const [first, between]: [number[], number[]] = [[], []];
  for (let stream = 0; stream < streams; stream++) {
    const draw = drawOf(stream);
    const detector = new AedDetector(options);
    for (let alarm = 0; alarm < alarms; alarm++) {
      const start = detector.length;
      while (detector.push(draw()) === undefined);
      (alarm === 0 ? first : between).push((detector.length - start) / options.falseAlarmEvery);
    }
  }
  const [toFirst, toNext] = [meanAndError(first), meanAndError(between)];
  return {
    ...{ first: digits(toFirst.mean), firstError: digits(toFirst.error) },
    ...{ between: digits(toNext.mean), betweenError: digits(toNext.error) },
  };
}
