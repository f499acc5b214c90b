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

/** What was used between two moments of so many events, scaled to a thousand. */
export function perThousand(before: Usage, after: Usage, events: number): Usage {
  const used = (name: keyof Usage) => ((after[name] - before[name]) * 1000) / events;
  return {
    readUnits: used('readUnits'),
    writeUnits: used('writeUnits'),
    requests: used('requests'),
    invocations: used('invocations'),
    bytes: used('bytes'),
  };
}
