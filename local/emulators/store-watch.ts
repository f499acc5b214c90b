import { isStoreFailure } from './store-failure.ts';

type Write = (this: unknown, ...args: unknown[]) => unknown;
type Done = (error?: unknown) => void;

const writes = ['put', 'del', 'batch'];

/** Watches over a database. */
export interface StoreWatch {
  /** Looks at what was thrown while the database was used. */
  see(error: unknown): void;
  /** Lets a part of the database take no write any more once the database has failed. Its writes must be given a callback. */
  guard(part: object): void;
}

/**
 * Looks for the first failure of a database. After it, each write is refused with that failure, also one that was under way.
 *
 * It takes a while until the process ends, and meanwhile there may be room again. LevelDB would then take writes, and lose them at its next start.
 *
 * @param onFailure - told of the failure, once
 */
export function watchStore(onFailure: (error: Error) => void = () => {}): StoreWatch {
  let failure: Error | undefined;
  const see = (error: unknown) => {
    if (failure !== undefined || !isStoreFailure(error)) return;
    failure = error;
    onFailure(error);
  };
  const guarded = (write: Write): Write =>
    function (...args) {
      const done = args.at(-1) as Done;
      if (failure !== undefined) return done(failure);
      return write.call(this, ...args.slice(0, -1), (error?: unknown) => {
        see(error);
        done(failure ?? error);
      });
    };
  return {
    see,
    guard(part) {
      const methods = part as Record<string, Write | undefined>;
      for (const name of writes) {
        const write = methods[name];
        if (write !== undefined) methods[name] = guarded(write);
      }
    },
  };
}
