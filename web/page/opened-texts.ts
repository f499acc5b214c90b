import { typeset } from '../../lambda/figures.ts';
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
  return `Now ${typeset.level(newest)}, level ${typeset.level(level ?? newest)}; ${typeset.counted(readings, 'reading')}${part}.`;
}

/** The newest test: the statistic against what is needed, and p against alpha. */
export function evidenceText(answer: WhatIfAnswer | undefined, startup: number): string {
  if (answer?.test === undefined) return `The first test comes at reading ${startup} since the last change.`;
  const { statistic, needed, points, pValue: p } = answer.test;
  return (
    `K is ${typeset.count(statistic)} of the ${typeset.count(needed)} needed; p is ${typeset.pValue(p, answer.options.alpha)}, and a change point is below ` +
    `${answer.options.alpha}. ${typeset.counted(points, 'reading')} since the last change.`
  );
}

/** What other options would have come to. */
export function whatIfText(isWhatIf: boolean, here: number, service: number): string {
  if (!isWhatIf)
    return 'The service’s own options; evidence since its last reset. Move one to see what it would have reported.';
  const reported = service === 0 ? 'none' : typeset.count(service);
  return `With these options ${typeset.counted(here, 'change point')} here; the service reported ${reported}.`;
}

/** The plot, for those who do not see it. */
export function plotText(name: string, readings: number, changePoints: number): string {
  return (
    `Plot of ${typeset.counted(readings, 'reading')} of ${name}, with ${typeset.counted(changePoints, 'change point')}; ` +
    'the table below has them.'
  );
}
