import { FailedError } from '../../context.ts';

const clock = /^(.*?[ T])(\d{1,2})[:.h](\d\d)/;
/** At noon, such a clock leaps by so many hours or more, if it is looked at so often. */
const leastLeap = 6;

/**
 * Refuses times of a clock with twelve hours that does not say which half of the day it is: the afternoon would be put among the morning.
 *
 * Such a clock shows no hour but 1 to 12, and leaps back at noon; on, if the newest row stands first. So does a file of several devices, one after
 * another, that are taken for one series.
 *
 * @param seriesTexts - the times of each series, in the order of the rows
 * @param hint - which column may tell series apart
 * @throws FailedError showing two times, and what to do
 */
export function refuseHalfDays(
  name: string,
  seriesTexts: readonly (readonly string[])[],
  hint: string | undefined,
): void {
  let [on, back] = [0, 0];
  let leapOn: string | undefined;
  let leapBack: string | undefined;
  for (const texts of seriesTexts) {
    let before = { text: '', day: '', hour: 0, minute: 0 };
    for (const text of texts) {
      const [, day, hour, minute] = clock.exec(text) ?? [];
      // A date alone says nothing of the clock.
      if (day === undefined) continue;
      const now = { text, day, hour: Number(hour), minute: Number(minute) };
      if (now.hour < 1 || now.hour > 12 || /[ap]\.?\s?m?\.?$/i.test(text)) return;
      if (now.day === before.day) {
        const pair = `'${before.text}' comes before '${text}'`;
        const hours = now.hour - before.hour;
        const minutes = 60 * hours + now.minute - before.minute;
        if (hours >= leastLeap) leapOn ??= pair;
        else if (hours <= -leastLeap) leapBack ??= pair;
        else if (minutes > 0) on++;
        else if (minutes < 0) back++;
      }
      before = now;
    }
  }
  // Where the rows run in no direction, only leaps both ways tell.
  let leap = leapOn === undefined ? undefined : leapBack;
  if (on > back) leap = leapBack;
  if (back > on) leap = leapOn;
  if (leap === undefined) return;
  const further = hint === undefined ? '' : `; ${hint}`;
  throw new FailedError(
    `the hours of column '${name}' are from 1 to 12, and ${leap}: whether it is morning or afternoon seems to be missing; write the times with AM and PM, or with 24 hours${further}`,
  );
}
