import { type OptionName, type OptionTexts, optionTable, type ResolvedOptions } from '@aed/core';
import { UsageError } from './context.ts';
import { flagOf } from './flag-name.ts';

type Statistic = ResolvedOptions['statistic'];

/** Beside what an option makes no difference, and what to do about it. */
interface WithoutEffect {
  readonly beside: string;
  readonly instead: string;
}

/** The options that have no effect with a statistic, and what would do it. */
const ofStatistic: Readonly<
  Record<Statistic, { readonly options: readonly OptionName[]; readonly instead: string }>
> = {
  mpp: {
    options: ['dependence', 'restlessAfter', 'minimumLength', 'period', 'interval'],
    instead: 'add --statistic scan, or leave it out',
  },
  scan: { options: ['alpha'], instead: 'give --false-alarm-every' },
};

/** Why an option makes no difference with the values of the others; `undefined` if it makes one. */
export function whyWithoutEffect(name: OptionName, texts: OptionTexts): WithoutEffect | undefined {
  const { statistic = optionTable.statistic.default, dependence } = texts;
  // A time is neither 0 nor one reading.
  const { falseAlarmEvery = '0', practicalThreshold = '0', period = '1' } = texts;
  const known = Object.hasOwn(ofStatistic, statistic) ? ofStatistic[statistic as Statistic] : undefined;
  if (known?.options.includes(name))
    return { beside: `with the statistic ${statistic}`, instead: known.instead };
  const oneOfTwo = 'leave out one of the two';
  if (name === 'alpha' && Number(falseAlarmEvery) !== 0)
    return { beside: 'with --false-alarm-every, which stands in for it', instead: oneOfTwo };
  if (name === 'restlessAfter' && dependence === 'independent')
    return { beside: 'with --dependence independent', instead: oneOfTwo };
  if (name === 'restlessAfter' && Number(practicalThreshold) > 0)
    return {
      beside: 'with a --practical-threshold above 0',
      instead: 'leave it out, or give --practical-threshold 0',
    };
  if (name === 'interval' && Number(period) === 1)
    return { beside: 'without --period', instead: 'add one, or leave it out' };
  return undefined;
}

/** @throws UsageError if this option is given and has no effect: whoever gives it expects one */
export function refuseIfWithoutEffect(name: OptionName, texts: OptionTexts): void {
  const isOff = name === 'restlessAfter' && Number(texts[name]) === 0;
  const why = texts[name] === undefined || isOff ? undefined : whyWithoutEffect(name, texts);
  if (why !== undefined)
    throw new UsageError(`${flagOf(name)} has no effect ${why.beside}, got ${texts[name]}; ${why.instead}`);
}

/** @throws UsageError naming the first option that is given and has no effect */
export function refuseWithoutEffect(texts: OptionTexts): void {
  for (const name of Object.keys(optionTable) as OptionName[]) refuseIfWithoutEffect(name, texts);
}
