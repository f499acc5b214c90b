import { alphaAt, type Evidence, type ResolvedOptions } from '@aed/core';
import { typeset } from '../../../lambda/figures.ts';
import { medianInterval } from '../../../lambda/median-interval.ts';
import { printable } from '../../../lambda/printable.ts';
import { aboutSpanText } from '../../../lambda/time-span.ts';
import { dependenceNote } from '../../compare/dependence-note.ts';
import { wanderNote } from '../../compare/wander-note.ts';
import type { History } from '../../wire.ts';
import type { WhatIfAnswer } from '../what-if-client.ts';

/** The newest value and level of the opened series, how many readings are shown, and what is left out. */
export function stateText(
  newest: number | undefined,
  level: number | undefined,
  readings: number,
  { startsRegime, damaged }: Pick<History, 'startsRegime' | 'damaged'>,
): string {
  const leftOut = damagedText(damaged);
  if (newest === undefined) return `No readings.${leftOut}`;
  const part = startsRegime ? '' : ' (the newest of a longer regime)';
  return `Now ${typeset.level(newest)}, level ${typeset.level(level ?? newest)}; ${typeset.counted(readings, 'reading')}${part}.${leftOut}`;
}

/** ` Left out: 1 damaged change point; aed history says which.` */
function damagedText({ readings, changePoints }: History['damaged']): string {
  const counts = [
    ...(readings > 0 ? [typeset.counted(readings, 'damaged reading')] : []),
    ...(changePoints > 0 ? [typeset.counted(changePoints, 'damaged change point')] : []),
  ];
  return counts.length === 0 ? '' : ` Left out: ${counts.join(' and ')}; aed history says which.`;
}

/**
 * The newest test: its statistic beside the value that a change point needs, and p beside what it must be below.
 *
 * @param times - of the readings shown, in epoch milliseconds: they turn the readings between false alarms into a time
 */
export function evidenceText(
  answer: WhatIfAnswer | undefined,
  startup: number,
  times: readonly number[] = [],
): string {
  if (answer?.test === undefined) return `No test yet: it takes ${startup} readings.`;
  const { options, test } = answer;
  const { falseAlarmEvery } = options;
  const rate = falseAlarmEvery > 0 ? `: one false alarm in ${readingsBetween(falseAlarmEvery, times)}` : '';
  const newest = `${tests[options.statistic](test, options)}${rate}. ${typeset.counted(test.points, 'reading')} compared.`;
  const alike = dependenceNote(test.dependence);
  return alike === '' ? newest : `${newest} ${alike}`;
}

const tests: Readonly<
  Record<ResolvedOptions['statistic'], (test: Evidence, options: ResolvedOptions) => string>
> = {
  mpp: ({ statistic, needed, pValue, points }, { alpha, falseAlarmEvery }) => {
    const level = falseAlarmEvery > 0 ? Number(alphaAt(falseAlarmEvery, points).toPrecision(2)) : alpha;
    return (
      `K is ${typeset.count(statistic)} of the ${typeset.count(needed)} needed; p is ${typeset.pValue(pValue, level)}, and a change point needs p below ` +
      `${level}`
    );
  },
  scan: ({ statistic, needed }) =>
    `The score is ${statistic.toFixed(2)}, and a change point needs a score above the threshold of ${needed.toFixed(2)}`,
};

/** `10,000 readings, about 14h`. */
function readingsBetween(falseAlarmEvery: number, times: readonly number[]): string {
  const interval = medianInterval(times);
  const readings = `${typeset.count(falseAlarmEvery)} readings`;
  return interval === undefined
    ? readings
    : `${readings}, about ${aboutSpanText(falseAlarmEvery * interval)}`;
}

/**
 * What other options would have reported, beside what the service reported.
 *
 * @param history - where the options that are shown as the service's come from
 */
export function whatIfText(
  isWhatIf: boolean,
  here: number,
  service: number,
  { optionsAreGuessed, rule }: Pick<History, 'optionsAreGuessed' | 'rule'> = {},
): string {
  if (!isWhatIf && rule !== undefined)
    return `The service’s options for this series, by the rule ‘${printable(rule)}’, with the evidence since its last reset. Change one to see what would have been reported.`;
  if (!isWhatIf && optionsAreGuessed)
    return 'The options of the newest change point, or the defaults: those of the service cannot be read from here. Change one to see what would have been reported.';
  if (!isWhatIf)
    return 'The service’s own options, with the evidence since its last reset. Change one to see what would have been reported.';
  const reported = service === 0 ? 'none' : typeset.count(service);
  return `With these options: ${typeset.counted(here, 'change point')}. The service reported ${reported}.`;
}

/** That the change points may be wander, and what the scan would have reported; empty if there is nothing to say. */
export function wanderText(answer: WhatIfAnswer | undefined): string {
  if (answer?.wander === undefined) return '';
  const isGiven = answer.options.practicalThreshold > 0;
  return wanderNote(
    [answer.wander],
    { series: 1 },
    {
      scan: 'the scan (statistic, under What if)',
      threshold: `a ${isGiven ? 'larger ' : ''}practical threshold`,
    },
  );
}

/** The text that a screen reader speaks for the plot. */
export function plotText(name: string, readings: number, changePoints: number): string {
  return (
    `Plot of ${typeset.counted(readings, 'reading')} of ${name}, with ${typeset.counted(changePoints, 'change point')}, ` +
    'listed in the table below.'
  );
}
