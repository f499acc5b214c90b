import type { Trouble } from './trouble.ts';

/** Work that goes on for each of many, one after the other, again and again. */
export interface Rounds {
  /** Does the work for the next ones, unless it is still at the ones before. */
  tick(): void;
  /** Does the work for this one as well, with the next tick. */
  soon(id: string): void;
}

/**
 * @param all - who is there now; read at the start of each round
 * @param each - may fail: the next round tries again
 * @param trouble - told of what failed and of what worked
 */
export function inTurn(
  all: () => readonly string[],
  each: (id: string) => Promise<void>,
  aTick: number,
  trouble: Trouble,
): Rounds {
  let round: string[] = [];
  const urgent = new Set<string>();
  let busy = false;

  async function next(): Promise<void> {
    if (round.length === 0) round = [...all()];
    const now = [...urgent, ...round.splice(0, aTick)];
    urgent.clear();
    await Promise.all(now.map((id) => each(id).then(trouble.worked, trouble.failed)));
  }

  return {
    tick() {
      if (busy) return;
      busy = true;
      void next().finally(() => {
        busy = false;
      });
    },
    soon(id) {
      urgent.add(id);
    },
  };
}
