import type { Call } from './call.ts';
import type { Fault, FaultKind } from './schedule.ts';

/** The faults that the calls of one function meet, over all of its instances. */
export class FaultPlan {
  readonly #faults: { readonly fault: Fault; seen: number }[];
  /** How often each kind has occurred. */
  readonly happened = new Map<FaultKind, number>();

  constructor(faults: readonly Fault[]) {
    this.#faults = faults.map((fault) => ({ fault, seen: 0 }));
  }

  /** Adds a fault, which counts calls from now on. */
  add(fault: Fault): void {
    this.#faults.push({ fault, seen: 0 });
  }

  /** The fault of the next call: the first of the schedule, if several meet it. */
  next({ target }: Pick<Call, 'target'>): FaultKind | undefined {
    let kind: FaultKind | undefined;
    for (const planned of this.#faults) {
      const { fault } = planned;
      if (fault.target !== 'any' && fault.target !== target) continue;
      if (fault.kind === 'unprocessed' && target !== 'write' && target !== 'write chunks') continue;
      const place = planned.seen++ - fault.after;
      if (place >= 0 && place < fault.times) kind ??= fault.kind;
    }
    if (kind !== undefined) this.happened.set(kind, (this.happened.get(kind) ?? 0) + 1);
    return kind;
  }
}
