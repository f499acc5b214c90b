/** When events are to be put, beyond as soon as possible. */
export interface PaceGiven {
  /** Readings a second. */
  readonly rate?: number;
  /** So many times as fast as they were recorded. */
  readonly speed?: number;
}

/** Says when each of some events is due, in epoch milliseconds. They must come in the order in which they are put. */
export type PutSchedule = (recordedAt: number) => number;

/** @returns a schedule that begins with its first event */
export function putSchedule({ rate, speed }: PaceGiven): PutSchedule {
  let begun: { readonly at: number; readonly recordedAt: number } | undefined;
  let count = 0;
  return (recordedAt) => {
    if (rate === undefined && speed === undefined) return 0;
    begun ??= { at: Date.now(), recordedAt };
    const recordedMs = speed === undefined ? 0 : (recordedAt - begun.recordedAt) / speed;
    const countedMs = rate === undefined ? 0 : (count++ * 1000) / rate;
    return begun.at + recordedMs + countedMs;
  };
}
