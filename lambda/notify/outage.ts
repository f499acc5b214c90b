import { processingLimits } from '../processing-limits.ts';
import type { Surroundings } from '../surroundings.ts';
import { isRefusedAsInvalid } from './set-aside.ts';

/** A circuit breaker for the topic: after some failures in a row, nothing is published for a while. */
export class Outage {
  readonly #clock: Surroundings['clock'];
  #failures = 0;
  #until = Number.NEGATIVE_INFINITY;

  constructor(clock: Surroundings['clock']) {
    this.#clock = clock;
  }

  get isOn(): boolean {
    // If the clock was set back meanwhile, the outage is not as long as that.
    const left = this.#until - this.#clock().getTime();
    return left > 0 && left <= processingLimits.outageMs;
  }

  /** Something was published. */
  ended(): void {
    this.#failures = 0;
  }

  /** Something could not be published. What is wrong with one change point alone says nothing of the others. */
  failed(error: unknown): void {
    if (isAboutOne(error)) return;
    if (++this.#failures < processingLimits.failedPublications) return;
    this.#failures = 0;
    this.#until = this.#clock().getTime() + processingLimits.outageMs;
  }
}

function isAboutOne(error: unknown): boolean {
  const isOfItem = [TypeError, RangeError].some((kind) => error instanceof kind);
  return isOfItem || isRefusedAsInvalid(error) || (error as Error).name === 'ValidationException';
}
