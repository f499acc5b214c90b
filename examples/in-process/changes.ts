import type { AedDetector, ChangePoint } from '@aed/core';

/**
 * The changes of a stream of readings, each as soon as it is known.
 *
 * The detector is the caller's: it holds where the stream stands, and can be stored and brought back.
 */
export async function* changes(
  readings: AsyncIterable<number>,
  detector: AedDetector,
): AsyncGenerator<ChangePoint> {
  for await (const reading of readings) {
    const change = detector.push(reading);
    if (change !== undefined) yield change;
  }
}
