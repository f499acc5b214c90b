import type uPlot from 'uplot';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

const date = '\n{D} {MMM} {YYYY}';

/**
 * How the ticks of a time axis in milliseconds read: the finest part at every tick, the date below where it changes.
 *
 * A row: from which distance of ticks on, the text, and what is added where a year, month, day, hour, minute or second
 * begins; 1 says that it is added.
 */
export const timeAxisValues: uPlot.Axis.TimeValuesConfig = [
  [year, '{YYYY}', null, null, null, null, null, null, 1],
  [28 * day, '{MMM}', '\n{YYYY}', null, null, null, null, null, 1],
  [day, '{D} {MMM}', '\n{YYYY}', null, null, null, null, null, 1],
  [minute, '{HH}:{mm}', date, null, date, null, null, null, 1],
  [second, '{HH}:{mm}:{ss}', date, null, date, null, null, null, 1],
  [1, '{ss}.{fff}', `\n{HH}:{mm}${date}`, null, `\n{HH}:{mm}${date}`, null, '\n{HH}:{mm}', null, 1],
];
