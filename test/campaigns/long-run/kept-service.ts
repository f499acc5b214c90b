import { type LocalService, startLocal } from '../../cli/local-service.ts';

/** `aed local` on one folder, started again whenever it is killed. */
export interface KeptService {
  /** The one that runs, or the next one if none does. */
  current(): Promise<LocalService>;
  /** How often each change point was told, by its id. */
  readonly told: ReadonlyMap<string, number>;
  /** Kills it, and starts it again. */
  kill(): Promise<void>;
  end(): Promise<void>;
  /** Rejects when it ends by itself. */
  readonly broken: Promise<never>;
}

export function keepService(folder: string): KeptService {
  const told = new Map<string, number>();
  const ours = new WeakSet<LocalService>();
  let fail: (reason: Error) => void = () => {};
  const broken = new Promise<never>((_, reject) => {
    fail = reject;
  });
  broken.catch(() => {});
  let running = start();

  async function start(): Promise<LocalService> {
    const local = await startLocal('--data', folder);
    void hear(local);
    return local;
  }

  async function hear(local: LocalService): Promise<void> {
    try {
      for (;;) {
        const { type, id } = JSON.parse(await local.nextLine());
        if (type === 'changePoint') told.set(id, (told.get(id) ?? 0) + 1);
      }
    } catch (error) {
      if (!ours.has(local)) fail(new Error(`aed local ended by itself: ${local.error()}`, { cause: error }));
    }
  }

  async function stop(signal: NodeJS.Signals): Promise<void> {
    const local = await running;
    ours.add(local);
    await local.end(signal);
  }

  return {
    current: () => running,
    told,
    broken,
    async kill() {
      const stopped = stop('SIGKILL');
      running = stopped.then(start);
      await running;
    },
    end: () => stop('SIGKILL'),
  };
}
