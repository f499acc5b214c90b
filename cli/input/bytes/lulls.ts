import type { Pieces } from './pieces.ts';

/** Tells when an input that may go on for ever brings little: what waits for more to come need not wait longer. */
export interface Lulls {
  /** Whether there is one, as far as is known. */
  readonly isOn: boolean;
  /** @param listener - must not throw. @returns what ends the listening */
  listen(listener: () => void): () => void;
}

/** Of a file, which brings all that it has. */
export const noLulls: Lulls = { isOn: false, listen: () => () => undefined };

/** So often it is looked at how much has come. */
const everyMs = 500;
/** Less than this is little: about 1,000 rows. A pipe from a file brings a hundred times as much. */
const fewBytes = 32 * 1024;

/**
 * The same pieces, and their lulls.
 *
 * A lull is told twice a second, once something has come at all, while little came in the last half second and in the one before it.
 */
export function withLulls(source: Pieces): { readonly pieces: Pieces; readonly lulls: Lulls } {
  const listeners = new Set<() => void>();
  let [total, bytes] = [0, 0];
  let [wasLittle, isOn] = [false, false];

  function look(): void {
    const isLittle = bytes < fewBytes;
    bytes = 0;
    isOn = isLittle && wasLittle && total > 0;
    wasLittle = isLittle;
    if (isOn) for (const listener of listeners) listener();
  }

  async function* counted(): Pieces {
    // Who stops reading need not end this: the timer alone keeps no process alive.
    const timer = setInterval(look, everyMs).unref();
    try {
      for await (const piece of source) {
        total += piece.length;
        bytes += piece.length;
        yield piece;
      }
    } finally {
      clearInterval(timer);
    }
  }

  return {
    pieces: counted(),
    lulls: {
      get isOn() {
        return isOn;
      },
      listen(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
  };
}
