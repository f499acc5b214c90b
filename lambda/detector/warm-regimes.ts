import { processingLimits } from '../processing-limits.ts';
import type { Head } from '../tables/change-points-table.ts';
import type { Regime } from './regime.ts';

/** A regime as one invocation left it, for the next one to continue. */
export interface WarmRegime {
  readonly regime: Regime;
  /** The HEAD as last written. If another instance has written it since, the next write is refused. */
  readonly head: Head;
}

/** The regimes that one instance of the detector keeps in memory, so that it need not read them again for each batch. */
export class WarmRegimes {
  readonly #mostEvents: number;
  /** Least recently remembered first, each with its size in events. */
  readonly #regimes = new Map<string, WarmRegime & { readonly events: number }>();
  #events = 0;

  /** @param mostEvents - total size of the remembered regimes; each adds `processingLimits.warmSeriesEvents` to its own events */
  constructor(mostEvents: number) {
    this.#mostEvents = mostEvents;
  }

  /** Takes the regime of a series out. So a regime that a failed look left half changed is never remembered. */
  take(seriesId: string): WarmRegime | undefined {
    const known = this.#regimes.get(seriesId);
    if (known !== undefined) this.#forget(seriesId, known.events);
    return known;
  }

  /** Remembers a regime. While the total is too large, it forgets those remembered longest ago. */
  remember(seriesId: string, warm: WarmRegime): void {
    this.take(seriesId);
    const events = warm.regime.length + processingLimits.warmSeriesEvents;
    this.#regimes.set(seriesId, { ...warm, events });
    this.#events += events;
    for (const [oldest, known] of this.#regimes) {
      if (this.#events <= this.#mostEvents) return;
      this.#forget(oldest, known.events);
    }
  }

  #forget(seriesId: string, events: number): void {
    this.#regimes.delete(seriesId);
    this.#events -= events;
  }
}
