import { processingLimits } from '../../../lambda/processing-limits.ts';
import type { Aftermath } from './aftermath.ts';

/**
 * Finds what the topic carried and people were not told, or were told again within the time of which the digest knows, without a crash.
 *
 * @param known - the change points that there are, as the log names them
 */
export function wronglyTold(
  { log, people: { came, tellings } }: Pick<Aftermath, 'log' | 'people'>,
  known: ReadonlySet<string>,
): readonly string[] {
  const published = log.flatMap(({ target, effective }) => (target === 'publish' ? effective : []));
  const carried = new Set(published.filter((one) => known.has(one.replace(/ retracted$/, ''))));
  const names = new Set(came);
  const wrong =
    names.size < carried.size
      ? [`the topic carried ${carried.size} messages, and ${names.size} came to the digest`]
      : [];
  for (const name of names) {
    const times = tellings.filter(({ told }) => told.includes(name));
    const whole = times.filter(({ isWhole }) => isWhole).map(({ at }) => at);
    const shown = name.replace('\n', ' ');
    if (times.length === 0) wrong.push(`people were not told of ${shown}`);
    if (whole.some((at, index) => index > 0 && at < (whole[index - 1] ?? 0) + processingLimits.toldMs))
      wrong.push(`people were told of ${shown} again, without a crash`);
  }
  return wrong;
}
