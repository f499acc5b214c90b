import type uPlot from 'uplot';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

const date = '\n{D} {MMM} {YYYY}';

/**
 * The labels of a time axis in milliseconds. Each tick shows the finest part; below it stands the date where it changes.
 *
 * A row, in uPlot's format: the least distance of ticks, the label, the labels at the start of a year, month, day, hour,
 * minute and second; 1 adds those to the label instead of replacing it.
 */
export const timeAxisValues: uPlot.Axis.TimeValuesConfig = [
  [year, '{YYYY}', null, null, null, null, null, null, 1],
  [28 * day, '{MMM}', '\n{YYYY}', null, null, null, null, null, 1],
  [day, '{D} {MMM}', '\n{YYYY}', null, null, null, null, null, 1],
  [minute, '{HH}:{mm}', date, null, date, null, null, null, 1],
  [second, '{HH}:{mm}:{ss}', date, null, date, null, null, null, 1],
  [1, '{ss}.{fff}', `\n{HH}:{mm}${date}`, null, `\n{HH}:{mm}${date}`, null, '\n{HH}:{mm}', null, 1],
];
