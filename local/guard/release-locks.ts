import { heldByWork, onBehalf } from './confine.ts';

/** Makes a callback that releases the lock and then calls on. */
type Release = (then: (...args: unknown[]) => void) => (...args: unknown[]) => void;

/** A lock of the emulators: it calls back when the key is free. */
export type Lock = (key: string, held: (release: Release) => void) => void;

/**
 * Makes a lock that a request gives back when it fails, so that the next one for the same key does not wait for ever.
 *
 * A request that waited goes on as itself, though the one before it wakes it.
 */
export function releasedOnFailure(lock: Lock): Lock {
  return (key, held) =>
    lock(
      key,
      onBehalf((release) => {
        const givenBack = heldByWork(release(() => {}));
        held((then) => {
          const called = release(then);
          return (...args) => {
            givenBack();
            called(...args);
          };
        });
      }),
    );
}
