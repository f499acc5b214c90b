import { count, counted, pValue, value } from './format.ts';
import type { WhatIfAnswer } from './what-if-client.ts';

/** Where the opened series stands. */
export function stateText(
  newest: number | undefined,
  level: number | undefined,
  readings: number,
  startsRegime: boolean,
): string {
  if (newest === undefined) return 'No readings.';
  const part = startsRegime ? '' : ' (the newest ones, of a longer regime)';
  return `Now ${value(newest)}, level ${value(level ?? newest)}; ${counted(readings, 'reading')}${part}.`;
}

/** The newest test: the statistic against what is needed, and p against alpha. */
export function evidenceText(answer: WhatIfAnswer | undefined, startup: number): string {
  if (answer?.test === undefined) return `The first test comes at reading ${startup} since the last change.`;
  const { statistic, needed, points, pValue: p } = answer.test;
  return (
    `K is ${count(statistic)} of the ${count(needed)} needed; p is ${pValue(p, answer.options.alpha)}, and a change point is below ` +
    `${answer.options.alpha}. ${counted(points, 'reading')} since the last change.`
  );
}

/** What other options would have come to. */
export function whatIfText(isWhatIf: boolean, here: number, service: number): string {
  if (!isWhatIf)
    return 'The service’s own options; evidence since its last reset. Move one to see what it would have reported.';
  const reported = service === 0 ? 'none' : count(service);
  return `With these options ${counted(here, 'change point')} here; the service reported ${reported}.`;
}

/** The plot, for those who do not see it. */
export function plotText(name: string, readings: number, changePoints: number): string {
  return (
    `Plot of ${counted(readings, 'reading')} of ${name}, with ${counted(changePoints, 'change point')}; ` +
    'the table below has them.'
  );
}
