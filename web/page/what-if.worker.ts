import { WhatIf } from './what-if.ts';
import type { WhatIfAnswer, WhatIfQuestion } from './what-if-client.ts';

let values: number[] = [];
let times: number[] = [];
let current: WhatIf | undefined;
/** Whether `current` continues where the service stands. */
let ofService = false;

addEventListener('message', ({ data }: MessageEvent<WhatIfQuestion>) => {
  const startedAt = performance.now();
  if (data.fresh) [values, times] = [[], []];
  const from = data.fresh || data.options !== undefined ? 0 : values.length;
  values.push(...data.values);
  times.push(...data.times);
  if (data.options !== undefined) {
    const { regimeStart } = data;
    ofService = regimeStart !== undefined;
    current = new WhatIf(
      data.options,
      regimeStart === undefined ? undefined : { values, times, regimeStart },
    );
  }
  // What the service tested is in the new one.
  const next = data.options === undefined ? from : ofService ? values.length : 0;
  for (let index = next; index < values.length; index++)
    current?.push(values[index] as number, times[index] as number);
  if (current === undefined) return;
  const answer: WhatIfAnswer = {
    options: current.options,
    changePoints: current.changePoints,
    from,
    ...(ofService && { regimeStart: current.regimeStart }),
    evidence: Float64Array.from(current.evidence.slice(from)),
    test: current.test,
    wander: current.wander,
    milliseconds: performance.now() - startedAt,
  };
  postMessage(answer);
});
