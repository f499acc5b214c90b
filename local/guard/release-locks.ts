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

interface Locked {
  lock: Lock;
}

/** Databases with such locks: each is wrapped once, however often it is asked for. */
export function withReleasedLocks<Db extends Locked>(get: (name: string) => Db): (name: string) => Db {
  const wrapped = new WeakSet<Db>();
  return (name) => {
    const db = get(name);
    if (!wrapped.has(db)) {
      wrapped.add(db);
      db.lock = releasedOnFailure(db.lock);
    }
    return db;
  };
}
