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
  /** Who has asked for the claim on a change point, and may hold it. */
  readonly #holders = new Map<string, Set<Instance>>();

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

  /** A claim counts from its request on: it may take effect some time before it is answered. */
  received({ target, instance, subjects }: Call): void {
    if (target !== 'claim' || !instance.alive) return;
    for (const one of subjects)
      this.#holders.set(one, (this.#holders.get(one) ?? new Set<Instance>()).add(instance));
  }

  effective({ target, instance, subjects }: Call): void {
    if (target !== 'mark' && target !== 'release') return;
    for (const one of subjects) this.#leave(one, instance);
  }

  /** Called when an instance has died or its invocation has ended: it no longer uses its claims. */
  ended(instance: Instance): void {
    for (const one of [...this.#holders.keys()]) this.#leave(one, instance);
  }

  #leave(subject: string, instance: Instance): void {
    const holders = this.#holders.get(subject);
    holders?.delete(instance);
    if (holders?.size === 0) this.#holders.delete(subject);
  }
}
