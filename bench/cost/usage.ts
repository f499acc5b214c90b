/** What a service used. Units are those that DynamoDB charges. */
export interface Usage {
  readonly readUnits: number;
  readonly writeUnits: number;
  /** Calls to DynamoDB. */
  readonly requests: number;
  /** Runs of the recorder and of the detector. */
  readonly invocations: number;
  /** Bytes of the items that were read and written. */
  readonly bytes: number;
}

/** Counts of calls, added up as they come. */
export class UsageCounter {
  #usage = { readUnits: 0, writeUnits: 0, requests: 0, invocations: 0, bytes: 0 };

  add(more: Partial<Usage>): void {
    for (const [name, count] of Object.entries(more)) this.#usage[name as keyof Usage] += count;
  }

  /** @returns what was used since the last call */
  take(): Usage {
    const used = this.#usage;
    this.#usage = { readUnits: 0, writeUnits: 0, requests: 0, invocations: 0, bytes: 0 };
    return used;
  }
}

/** The same use for so many events, scaled to a thousand. */
export function perThousand(usage: Usage, events: number): Usage {
  const scaled = Object.entries(usage).map(([name, count]) => [name, (1000 * count) / events]);
  return Object.fromEntries(scaled) as unknown as Usage;
}
