import { changeLooks } from './change-looks.ts';
import { emptiedLooks } from './forgotten-series.ts';
import { inTurn } from './in-turn.ts';
import type { Overview } from './overview.ts';
import { pageLimits } from './page-limits.ts';
import type { Trouble } from './trouble.ts';
import { type OnFollowed, untoldChanges } from './untold-changes.ts';
import type { WatchedService } from './watched-service.ts';

/** What the page reads from the tables again and again, since nothing tells it. A look that fails is repeated by a later one. */
export interface PageLooks {
  /** Looks at the change points of a series now, back to one that was just written. Never rejects. */
  look(seriesId: string, written: string): Promise<void>;
  /** @returns a function that ends the looks */
  start(): () => void;
}

/**
 * @param followed - takes what has become of a change point
 * @param reads - told how the looks go
 */
export function pageLooks(
  { tables, isPolled }: Pick<WatchedService, 'tables' | 'isPolled'>,
  overview: Overview,
  followed: OnFollowed,
  reads: Trouble,
): PageLooks {
  const { board } = overview;
  const { looksASecond, settledLooksASecond, untoldMs } = pageLimits;
  const look = changeLooks(tables, followed, board.oldestUnacknowledged);
  const rounds = [
    inTurn(() => (isPolled ? board.seriesIds : board.unacknowledged), look, looksASecond, reads),
    // Whoever takes an acknowledgement back elsewhere is heard of later: that is rare.
    inTurn(() => (isPolled ? [] : board.settled), look, settledLooksASecond, reads),
    inTurn(() => board.emptied, emptiedLooks(tables, overview), looksASecond, reads),
  ];
  const lookAtUntold = untoldChanges(tables, followed);
  return {
    look: (seriesId, written) => look(seriesId, written).then(reads.worked, reads.failed),
    start() {
      const timers = [
        setInterval(() => {
          for (const round of rounds) round.tick();
        }, 1000),
        setInterval(() => void lookAtUntold().then(reads.worked, reads.failed), untoldMs),
      ];
      return () => {
        for (const timer of timers) clearInterval(timer);
      };
    },
  };
}
