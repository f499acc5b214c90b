import type { ChangePoint, DetectorOptions, Evidence, ResolvedOptions } from '@aed/core';
import type { Wander } from '../compare/wander.ts';
import type { Point } from '../wire.ts';
import type { Readings } from './readings.ts';

/** A question to the worker: more readings, other readings, or the same readings with other options. */
export interface WhatIfQuestion {
  /** Whether the values replace those before. */
  readonly fresh: boolean;
  readonly values: Float64Array;
  /** Of each of them: epoch milliseconds. */
  readonly times: Float64Array;
  /** Absent if neither the options nor the readings were replaced. */
  readonly options?: DetectorOptions;
  /** Index of the regime's start, if the options are the service's own. Without it every reading is tested anew. */
  readonly regimeStart?: number;
}

export interface WhatIfAnswer {
  readonly options: ResolvedOptions;
  /** All change points, old and new. */
  readonly changePoints: readonly ChangePoint[];
  /** Index of the regime's start now, if the question gave one. */
  readonly regimeStart?: number;
  /** Index of the first reading in `evidence`. */
  readonly from: number;
  readonly evidence: Float64Array;
  readonly test: Evidence | undefined;
  /** Set if the change points of all readings may be wander. */
  readonly wander: Wander | undefined;
  readonly milliseconds: number;
}

/** Asks the worker one question at a time. Calls during its work are merged into the next question. */
export interface WhatIfClient {
  /** Tests other readings with these options; only from `regimeStart` on, if it is given. */
  load(
    readings: Pick<Readings, 'times' | 'values'>,
    options: DetectorOptions,
    regimeStart: number | undefined,
  ): void;
  append(points: readonly Point[]): void;
  /** Tests the same readings with other options, in the same way. */
  change(options: DetectorOptions, regimeStart: number | undefined): void;
}

export function whatIfClient(onAnswer: (answer: WhatIfAnswer) => void): WhatIfClient {
  const worker = new Worker('/what-if.js', { type: 'module' });
  let busy = false;
  let fresh = false;
  let values: number[] = [];
  let times: number[] = [];
  let options: DetectorOptions | undefined;
  let regimeStart: number | undefined;

  function ask(): void {
    if (busy || (!fresh && values.length === 0 && options === undefined)) return;
    const question: WhatIfQuestion = {
      fresh,
      values: Float64Array.from(values),
      times: Float64Array.from(times),
      ...(options !== undefined && { options }),
      ...(regimeStart !== undefined && { regimeStart }),
    };
    busy = true;
    fresh = false;
    [values, times] = [[], []];
    options = undefined;
    regimeStart = undefined;
    worker.postMessage(question);
  }

  worker.addEventListener('message', ({ data }: MessageEvent<WhatIfAnswer>) => {
    busy = false;
    // An answer about readings that were replaced meanwhile is of no use.
    if (!fresh) onAnswer(data);
    ask();
  });

  return {
    load(others, withOptions, from) {
      fresh = true;
      values = [...others.values];
      times = [...others.times];
      options = withOptions;
      regimeStart = from;
      ask();
    },
    append(more) {
      for (const [time, value] of more) {
        times.push(time);
        values.push(value);
      }
      ask();
    },
    change(to, from) {
      options = to;
      regimeStart = from;
      ask();
    },
  };
}
