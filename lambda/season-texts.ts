import { type OptionTexts, optionsFromText, optionTable } from '@aed/core';
import { timeSpan } from './time-span.ts';

/**
 * The texts of options, with numbers for the times of a season: `interval` may be `5m`, and `period` `24h` where the interval is known.
 *
 * @throws RangeError naming the option, its rule and the text
 * @example seasonInNumbers({ period: '24h', interval: '5m' }) // => { period: '288', interval: '300' }
 */
export function seasonInNumbers(texts: OptionTexts): OptionTexts {
  refuseTimes(texts);
  const interval = inSeconds(texts.interval);
  return { ...texts, interval, period: inPoints(texts.period, interval) };
}

/** Refuses a time for an option that counts readings. That of a season may be one. */
function refuseTimes({ period, ...others }: OptionTexts): void {
  for (const [name, text] of Object.entries(others)) {
    const { unit } = optionTable[name as keyof typeof others];
    if (unit !== 'points' || text === undefined || timeSpan(text) === undefined) continue;
    const where =
      name === 'falseAlarmEvery'
        ? ': a service does not know how far apart readings are; a time works for a file, as with `aed detect`'
        : ', not a time';
    throw new RangeError(`${name} must be a number of readings, got '${text}'${where}`);
  }
}

function inSeconds(text: string | undefined): string | undefined {
  const span = text === undefined ? undefined : timeSpan(text);
  return span === undefined ? text : String(span / 1000);
}

function inPoints(text: string | undefined, interval: string | undefined): string | undefined {
  const span = text === undefined ? undefined : timeSpan(text);
  if (span === undefined) return text;
  const { interval: seconds = 0 } = optionsFromText({ interval });
  const points = span / (1000 * seconds);
  const rule = 'a number of readings, or a time that is a whole number of intervals';
  if (!(seconds > 0)) throw new RangeError(`period must be ${rule}, got '${text}' without an interval`);
  // Seconds such as 0.1 are not exact.
  if (Math.abs(points - Math.round(points)) > 1e-9 * points) {
    throw new RangeError(`period must be ${rule} (${seconds} s), got '${text}'`);
  }
  return String(Math.round(points));
}
