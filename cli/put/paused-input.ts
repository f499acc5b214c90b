import type { Lulls } from '../input/bytes/lulls.ts';
import type { Pieces } from '../input/bytes/pieces.ts';
import type { Input } from '../input/open-input.ts';

/** Reading that paused for longer makes an input look as if it brought little. */
const longMs = 100;
/** For so long after such a pause: a lull is told by what came in the last second. */
const afterPauseMs = 1_000;

/**
 * The same input, read piece by piece: after each, other work is done before the next is read.
 *
 * Its lulls are told only where the input itself pauses.
 */
export function pausedInput(input: Input, work: () => Promise<void>): Input {
  let isPaused = false;
  let pausedUntil = Number.NEGATIVE_INFINITY;

  async function* pieces(): Pieces {
    for await (const piece of input.pieces) {
      yield piece;
      const begunAt = performance.now();
      isPaused = true;
      await work();
      isPaused = false;
      const now = performance.now();
      if (now - begunAt > longMs) pausedUntil = now + afterPauseMs;
    }
  }

  const lulls: Lulls = {
    get isOn() {
      return input.lulls.isOn && !isPaused && performance.now() > pausedUntil;
    },
    listen: (listener) =>
      input.lulls.listen(() => {
        if (lulls.isOn) listener();
      }),
  };
  return { ...input, pieces: pieces(), lulls };
}
