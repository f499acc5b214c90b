import { AedDetector, type ChangePoint, type DetectorOptions } from '@aed/core';
import { compareEventKeys } from './event.ts';
import type { StoredEvent } from './events-table.ts';

/** The end of a regime: a change point, or a set point. */
export interface Reset {
  /** What was found; absent at a set point. */
  readonly found?: ChangePoint;
  /** The readings that the test saw, the reading of the reset last. */
  readonly regime: readonly StoredEvent[];
  /** Index of the regime's first reading, in the core's count. */
  readonly regimeStart: number;
  /** The next regime starts with the event after this key. */
  readonly regimeAfter: string;
  /** Key of the reading of the reset. */
  readonly testedThrough: string;
}

/**
 * Runs the detector over a stored regime and what follows it, and yields each reset in order.
 *
 * Readings up to `testedThrough` were in the regime before its last reset: they take part in the tests, but no test
 * ends at them again. So the answer is the same, however the events were cut into batches. Memory: one regime and one
 * page.
 *
 * @param pages - events in key order, from the first of the regime on
 */
export async function* findResets(
  pages: AsyncIterable<readonly StoredEvent[]>,
  testedThrough: string | undefined,
  options: Required<DetectorOptions>,
): AsyncGenerator<Reset> {
  let regime: StoredEvent[] = [];
  let regimeStart = 0;
  let detector: AedDetector | undefined;
  for await (const page of pages) {
    for (const event of page) {
      const isTested =
        detector === undefined &&
        testedThrough !== undefined &&
        compareEventKeys(event.eventKey, testedThrough) <= 0;
      if (isTested) {
        regime.push(event);
        continue;
      }
      detector ??= continueRegime(regime, options);
      regime.push(event);
      const found = detector.push(event.value);
      const dropped = detector.regimeStart - regimeStart;
      const lastDropped = regime[dropped - 1];
      if (lastDropped === undefined) continue;
      yield {
        ...(found !== undefined && { found }),
        regime,
        regimeStart,
        regimeAfter: lastDropped.eventKey,
        testedThrough: event.eventKey,
      };
      regime = regime.slice(dropped);
      regimeStart = detector.regimeStart;
    }
  }
}

function continueRegime(tested: readonly StoredEvent[], options: Required<DetectorOptions>): AedDetector {
  const fresh = new AedDetector(options).toJSON();
  return AedDetector.fromJSON({ ...fresh, length: tested.length, regime: tested.map(({ value }) => value) });
}
