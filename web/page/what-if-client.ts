import type { ChangePoint, DetectorOptions, Evidence } from '@aed/core';

/** What the worker is asked: further readings, or others, or the same ones with other options. */
export interface WhatIfQuestion {
  /** Whether the values take the place of those before. */
  readonly fresh: boolean;
  readonly values: Float64Array;
  /** Only where they or the readings change. */
  readonly options?: DetectorOptions;
  /** With options that are the service's: where its regime starts. Without it all is tested anew. */
  readonly regimeStart?: number;
}

export interface WhatIfAnswer {
  readonly options: Required<DetectorOptions>;
  /** All of them. */
  readonly changePoints: readonly ChangePoint[];
  /** Where the regime starts now, if it was given. */
  readonly regimeStart?: number;
  /** The evidence from this reading on is new. */
  readonly from: number;
  readonly evidence: Float64Array;
  readonly test: Evidence | undefined;
  readonly milliseconds: number;
}

/** Asks the worker, one question at a time; what comes up meanwhile becomes the next one. */
export interface WhatIfClient {
  /** Other readings, to be tested with these options; where a regime's start is given, only from there on. */
  load(values: readonly number[], options: DetectorOptions, regimeStart: number | undefined): void;
  append(values: readonly number[]): void;
  /** The same readings with other options, in the same way. */
  change(options: DetectorOptions, regimeStart: number | undefined): void;
}

export function whatIfClient(onAnswer: (answer: WhatIfAnswer) => void): WhatIfClient {
  const worker = new Worker('/what-if.js', { type: 'module' });
  let busy = false;
  let fresh = false;
  let values: number[] = [];
  let options: DetectorOptions | undefined;
  let regimeStart: number | undefined;

  function ask(): void {
    if (busy || (!fresh && values.length === 0 && options === undefined)) return;
    const question: WhatIfQuestion = {
      fresh,
      values: Float64Array.from(values),
      ...(options !== undefined && { options }),
      ...(regimeStart !== undefined && { regimeStart }),
    };
    busy = true;
    fresh = false;
    values = [];
    options = undefined;
    regimeStart = undefined;
    worker.postMessage(question);
  }

  worker.addEventListener('message', ({ data }: MessageEvent<WhatIfAnswer>) => {
    busy = false;
    // An answer about readings that have been replaced is none any more.
    if (!fresh) onAnswer(data);
    ask();
  });

  return {
    load(others, withOptions, from) {
      fresh = true;
      values = [...others];
      options = withOptions;
      regimeStart = from;
      ask();
    },
    append(more) {
      values.push(...more);
      ask();
    },
    change(to, from) {
      options = to;
      regimeStart = from;
      ask();
    },
  };
}
