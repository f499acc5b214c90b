import { setTimeout as delay } from 'node:timers/promises';
import type { Call, Instance } from './call.ts';

/** So many times longer than asked does a wait take: whoever waits for a claim to end need not look so often. */
const haste = 20;

/**
 * Time that passes only where somebody waits, and only while no living instance holds a claim.
 *
 * So half a minute takes some milliseconds, yet nobody loses a claim by being slow: a claim runs out only when its holder is
 * dead, or has stopped to use it.
 */
export class PassingTime {
  #now = Date.UTC(2026, 0, 1);
  /** Who holds the claim on what is pending in a series. */
  readonly #holders = new Map<string, Instance>();

  readonly clock = (): Date => new Date(this.#now);

  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** A wait of an instance, which ends never if it is dead. */
  async wait(milliseconds: number, instance: Instance): Promise<void> {
    await delay(1);
    if (!instance.alive) await new Promise(() => {});
    if (this.#holders.size === 0) this.#now += haste * milliseconds;
  }

  received({ target, claims, instance, subjects }: Call): void {
    if (target !== 'head' || claims) return;
    for (const series of subjects) if (this.#holders.get(series) === instance) this.#holders.delete(series);
  }

  effective({ target, claims, instance, subjects }: Call): void {
    if (target !== 'head' || !claims || !instance.alive) return;
    for (const series of subjects) this.#holders.set(series, instance);
  }

  /** The instance has died, or its invocation has ended: nothing of what it holds is in use any more. */
  ended(instance: Instance): void {
    for (const [series, holder] of this.#holders) if (holder === instance) this.#holders.delete(series);
  }
}
