import { type OptionName, optionTable, type ResolvedOptions } from '@aed/core';
import { UsageError } from './context.ts';
import type { DetectorTexts } from './detector-options.ts';
import { flagOf } from './flag-name.ts';

type Statistic = ResolvedOptions['statistic'];

/** The options that have no effect with a statistic, and what would do it. */
const withoutEffect: Readonly<
  Record<Statistic, { readonly options: readonly OptionName[]; readonly instead: string }>
> = {
  mpp: {
    options: ['dependence', 'restlessAfter', 'minimumLength', 'period', 'interval'],
    instead: 'add --statistic scan, or leave it out',
  },
  scan: { options: ['alpha'], instead: 'give --false-alarm-every' },
};

/** Whether an option makes a difference with the values of the others. */
export function hasEffect(
  name: OptionName,
  { statistic, falseAlarmEvery, dependence, practicalThreshold, period }: ResolvedOptions,
): boolean {
  if (withoutEffect[statistic].options.includes(name)) return false;
  if (name === 'alpha') return falseAlarmEvery === 0;
  if (name === 'falseAlarmEvery') return falseAlarmEvery > 0;
  if (name === 'restlessAfter') return dependence === 'auto' && practicalThreshold === 0;
  return name !== 'interval' || period > 1;
}

/** @throws UsageError naming an option that is given and has no effect: whoever gives it expects one */
export function refuseWithoutEffect(texts: DetectorTexts): void {
  const { statistic = optionTable.statistic.default, period, interval } = texts;
  const known = Object.hasOwn(withoutEffect, statistic) ? withoutEffect[statistic as Statistic] : undefined;
  for (const name of known?.options ?? []) {
    const text = texts[name];
    if (text !== undefined)
      throw new UsageError(
        `${flagOf(name)} has no effect with the statistic ${statistic}, got ${text}; ${known?.instead}`,
      );
  }
  if (interval !== undefined && period === undefined)
    throw new UsageError(`--interval has no effect without --period, got ${interval}`);
}
