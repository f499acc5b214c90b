import { FailedError } from '../../context.ts';

const clock = /^(.*?[ T])(\d{1,2})[:.h]\d\d/;

/**
 * Refuses times of a clock with twelve hours that does not say which half of the day it is: the afternoon would be put among the morning.
 *
 * Such a clock shows no hour but 1 to 12, and goes from 12 back to 1 within a day.
 *
 * @param texts - the times, in the order of the rows
 * @throws FailedError showing two times, and what to do
 */
export function refuseHalfDays(name: string, texts: readonly string[]): void {
  let back: string | undefined;
  let [dayBefore, hourBefore] = ['', 0];
  for (const [index, text] of texts.entries()) {
    const [, day = '', digits = ''] = clock.exec(text) ?? [];
    const hour = Number(digits);
    if (hour < 1 || hour > 12 || /[ap]\.?\s?m?\.?$/i.test(text)) return;
    if (day === dayBefore && hourBefore === 12 && hour === 1)
      back ??= `'${texts[index - 1]}' comes before '${text}'`;
    [dayBefore, hourBefore] = [day, hour];
  }
  if (back === undefined) return;
  throw new FailedError(
    `the hours of column '${name}' are from 1 to 12, and ${back}: whether it is morning or afternoon seems to be missing; write the times with AM and PM, or with 24 hours`,
  );
}
