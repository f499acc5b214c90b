import { setTimeout as delay } from 'node:timers/promises';
import type { Call, Instance } from './call.ts';

/** A wait lasts this many times longer than asked, so that an instance that waits for the end of a claim retries less often. */
const haste = 20;

/**
 * Simulated time, from the year of the events on. It passes only while an instance waits, and only while no living instance holds a claim.
 *
 * So half a minute takes a few milliseconds, but no instance loses a claim by being slow. A claim expires only after its holder
 * has died or has finished with it.
 */
export class PassingTime {
  #now = Date.UTC(2020, 5, 1);
  /** The holder of the claim on each change point. */
  readonly #holders = new Map<string, Instance>();

  readonly clock = (): Date => new Date(this.#now);

  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** Waits for an instance. The wait of a dead one never ends. */
  async wait(milliseconds: number, instance: Instance): Promise<void> {
    await delay(1);
    if (!instance.alive) await new Promise(() => {});
    if (this.#holders.size === 0) this.#now += haste * milliseconds;
  }

  effective({ target, instance, subjects }: Call): void {
    if (target === 'claim' && instance.alive) for (const one of subjects) this.#holders.set(one, instance);
    if (target !== 'mark' && target !== 'release') return;
    for (const one of subjects) if (this.#holders.get(one) === instance) this.#holders.delete(one);
  }

  /** Called when an instance has died or its invocation has ended: it no longer uses its claims. */
  ended(instance: Instance): void {
    for (const [one, holder] of this.#holders) if (holder === instance) this.#holders.delete(one);
  }
}
