import type { Backoff } from '../backoff.ts';
import type { RegimeLimits } from '../regime/regime-limits.ts';
import type { Head } from '../tables/head.ts';
import { RandomShare } from './random-share.ts';
import type { Regime } from './regime.ts';

/** A regime as one look left it, for the next one to continue. */
export interface RememberedRegime {
  readonly regime: Regime;
  /** The HEAD as last written. If another instance has written it since, the next write is refused. */
  readonly head: Head;
}

/** What a remembered series takes besides its points, in points: some 1 kB. */
const seriesPoints = 64;
/** The same for its detector: some 4 kB. */
const detectorSeriesPoints = 100;

/**
 * The regimes that one instance of the detector keeps in memory, so that it need not read them again for each batch.
 *
 * There are two tiers. Many regimes are kept as points; some of them with their detectors, which take more memory. One without is given a
 * detector when it is needed.
 */
export class RememberedRegimes {
  readonly #regimes: RandomShare<RememberedRegime>;
  readonly #detectors: RandomShare<Regime>;

  constructor({ rememberedPoints, detectorPoints }: RegimeLimits, random: Backoff['random']) {
    this.#regimes = new RandomShare(rememberedPoints, random);
    this.#detectors = new RandomShare(detectorPoints, random);
  }

  /** Takes the regime of a series out. So a regime that a failed look left half changed is never remembered. */
  take(seriesId: string): RememberedRegime | undefined {
    this.#detectors.take(seriesId);
    return this.#regimes.take(seriesId);
  }

  /** Remembers a regime, if there is room for it. @param wasTaken - whether it was remembered before this look */
  remember(seriesId: string, remembered: RememberedRegime, wasTaken: boolean): void {
    const { regime } = remembered;
    if (!regime.isOrderly) return;
    regime.rest();
    for (const [forgotten] of this.#regimes.keep(
      seriesId,
      remembered,
      regime.length + seriesPoints,
      wasTaken,
    ))
      this.#detectors.take(forgotten);
    if (!this.#regimes.has(seriesId) || !regime.hasDetector) return;
    const size = regime.length + detectorSeriesPoints;
    for (const [, other] of this.#detectors.keep(seriesId, regime, size, wasTaken)) other.forgetDetector();
  }
}
