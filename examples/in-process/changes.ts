import type { AedDetector, ChangePoint } from '@aed/core';

/**
 * Yields each change of a stream of readings as soon as it is detected. A missing reading is counted and not tested.
 *
 * The caller passes the detector in. It holds the state of the stream, which the caller can save and restore.
 */
export async function* changes(
  readings: AsyncIterable<number | undefined>,
  detector: AedDetector,
): AsyncGenerator<ChangePoint> {
  for await (const reading of readings) {
    if (reading === undefined) {
      detector.pushMissing();
      continue;
    }
    const change = detector.push(reading);
    if (change !== undefined) yield change;
  }
}
