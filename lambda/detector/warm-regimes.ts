import { processingLimits } from '../processing-limits.ts';
import type { Head } from '../tables/change-points-table.ts';
import type { Regime } from './regime.ts';

/** A regime as an invocation left it, for the next one to go on with. */
export interface WarmRegime {
  readonly regime: Regime;
  /** As it was written last: if somebody else was there since, the next write of it is refused. */
  readonly head: Head;
}

/** The regimes that one instance of the detector remembers, so that it need not read them anew for each batch. */
export class WarmRegimes {
  readonly #mostEvents: number;
  /** Least recently remembered first; with what each counts for, in events. */
  readonly #regimes = new Map<string, WarmRegime & { readonly events: number }>();
  #events = 0;

  /** @param mostEvents - that all remembered regimes count for, each with `processingLimits.warmSeriesEvents` besides its own */
  constructor(mostEvents: number) {
    this.#mostEvents = mostEvents;
  }

  /** The regime of a series, which is then forgotten: what happens to it, a failure too, cannot be remembered by mistake. */
  take(seriesId: string): WarmRegime | undefined {
    const known = this.#regimes.get(seriesId);
    if (known !== undefined) this.#forget(seriesId, known.events);
    return known;
  }

  /** Remembers a regime, and forgets the ones remembered longest ago while there are too many events. */
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
