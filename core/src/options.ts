import { choiceOption, integerOption, numberOption, type OptionRow } from './option-row.ts';

/** Points between false alarms. */
const falseAlarmBounds = { least: 100, most: 10_000_000 };

/**
 * Every option of a detector: its default, rule, meaning, price and texts.
 *
 * The types, the checks, saved states and texts are made from this table, so a new option is a new row. Rows are resolved in this
 * order: the rule of an option may depend on the rows above it.
 */
export const optionTable = {
  /**
   * What is tested at each point: the Modified Practical Pettitt test (`'mpp'`), or the scan of the standardised statistic with a stated rate
   * of false alarms (`'scan'`). Default `'mpp'`.
   */
  statistic: choiceOption({
    default: 'mpp',
    choices: ['mpp', 'scan'],
    absentInJson: 'mpp',
    meaning: 'test of each point: the MPP test, or the scan with a stated rate of false alarms',
    trades: "'scan' is as quick after a year as after an hour, and keeps that rate",
  }),
  /** Significance level of each test: a number greater than 0 and less than 1. Not a rate of false alarms, since every point is tested. Default 0.01. Without effect where `falseAlarmEvery` is stated, as it always is with the scan. */
  alpha: numberOption({
    default: 0.01,
    letter: 'a',
    rule: 'a number greater than 0 and less than 1',
    holds: (value) => value > 0 && value < 1,
    meaning: 'significance level of each test; every point is tested, so this is not a rate of false alarms',
    trades: 'larger finds changes sooner, and raises more false alarms',
  }),
  /** Changes smaller than this are not reported: a finite number of at least 0, in the unit of the data. Default 0. */
  practicalThreshold: numberOption({
    default: 0,
    letter: 'p',
    unit: 'unit of the data',
    rule: 'a finite number of at least 0',
    holds: (value) => value >= 0,
    meaning: 'smaller changes are not reported',
    trades: 'larger leaves out more changes and raises fewer false alarms, and finds the others later',
  }),
  /**
   * Mean points between false alarms: 0 or a number from 100 to 10,000,000. Default 0. With the scan 10000, and 0 is not allowed. With the MPP test
   * a number other than 0 stands in for `alpha`.
   */
  falseAlarmEvery: numberOption({
    default: 0,
    defaultFor: ({ statistic }) => (statistic === 'scan' ? 10_000 : 0),
    unit: 'points',
    absentInJson: 0,
    bounds: falseAlarmBounds,
    rule: '0 or a number from 100 to 10,000,000',
    ruleFor: ({ statistic }) => `${statistic === 'scan' ? '' : '0 or '}a number from 100 to 10,000,000`,
    holds: (value, { statistic }) =>
      (value >= falseAlarmBounds.least && value <= falseAlarmBounds.most) ||
      (value === 0 && statistic !== 'scan'),
    meaning:
      'mean points between false alarms; with the MPP test it stands in for alpha, and 0 leaves it to alpha',
    trades: 'larger makes false alarms rarer, and finds changes a little later',
  }),
  /**
   * Whether the scan estimates how much neighbours depend on each other, and lowers its scores by that (`'auto'`), or takes them as independent
   * (`'independent'`). Default `'auto'`. Without effect on the MPP test.
   */
  dependence: choiceOption({
    default: 'auto',
    choices: ['auto', 'independent'],
    absentInJson: 'independent',
    meaning: 'whether the scan estimates how neighbours depend on each other, or takes them as independent',
    trades:
      "'independent' finds changes a little sooner, and keeps the rate of false alarms only if they are independent",
  }),
  /**
   * After this many reports within 2,000 points, the scan measures dependence over the last 2,000 points, without taking the reported changes out: an
   * integer of at least 0, where 0 is never. Default 0. Without effect on the MPP test, with `dependence: 'independent'`, and with a practical threshold.
   */
  restlessAfter: integerOption({
    default: 0,
    absentInJson: 0,
    least: 0,
    meaning: 'reports within 2,000 points after which the scan takes such changes as normal; 0 for never',
    trades: 'smaller quiets a restless series sooner, and then misses changes as small as those',
  }),
  /**
   * Points that the scan compares on each side of a change: an integer of at least 2. Default 8. Without effect on the MPP test.
   */
  minimumLength: integerOption({
    default: 8,
    absentInJson: 8,
    unit: 'points',
    least: 2,
    meaning:
      'points on each side of a split that the scan looks at; an excursion of less than half as many is a spike',
    trades: 'larger ignores longer spikes, and finds large changes later',
  }),
  /** Points of a regime before its first test: an integer of at least 2. Default 5. With the scan 16. */
  startup: integerOption({
    default: 5,
    defaultFor: ({ statistic }) => (statistic === 'scan' ? 16 : 5),
    letter: 'x',
    unit: 'points',
    least: 2,
    meaning: 'points of a regime before its first test',
    trades: 'larger avoids alarms from few points, and finds changes soon after a reset later',
  }),
  /** Points on each side of a change that its magnitude ignores: an integer of at least 0. Default 5. */
  window: integerOption({
    default: 5,
    letter: 'w',
    unit: 'points',
    least: 0,
    meaning: 'points on each side of a change that its magnitude ignores',
    trades: 'larger keeps a gradual change out of it, and leaves fewer points to measure it by',
  }),
  /**
   * Where the next regime starts: after the point of detection (`'detection'`), or with the first point of the new level
   * (`'change'`). Default `'detection'`. With the scan `'change'`, if that level has 128 points; else the alarm itself would
   * make the next one likely.
   */
  restart: choiceOption({
    default: 'detection',
    defaultFor: ({ statistic }) => (statistic === 'scan' ? 'change' : 'detection'),
    choices: ['detection', 'change'],
    meaning: 'where the next regime starts: after the detection, or with the first point of the new level',
    trades: "'change' finds the next change sooner, and tests the points that raised the alarm again",
  }),
  /** Points at which only the newest half of a regime is kept: an integer of at least 2 · startup, or Infinity. Default Infinity. */
  maxRegimeLength: integerOption({
    default: Infinity,
    unit: 'points',
    least: { words: '2 · startup', of: ({ startup }) => 2 * Number(startup) },
    orInfinity: true,
    meaning: 'points at which only the newest half of a regime is kept',
    trades: 'larger finds smaller changes, and takes more memory and time',
  }),
  /**
   * Points of a season, such as 24 for a day of hours: an integer of at least 1 and at most maxRegimeLength / 4. Default 1. With 1 there is no season.
   * The scan compares points only with those at the same place in the season. Without effect on the MPP test.
   */
  period: integerOption({
    default: 1,
    absentInJson: 1,
    unit: 'points',
    least: 1,
    most: {
      words: 'maxRegimeLength / 4',
      of: ({ maxRegimeLength }) => Math.floor(Number(maxRegimeLength) / 4),
    },
    meaning: 'points of a season; the scan compares points of the same place in it alone',
    trades: 'the period of the data keeps its season from being taken for changes',
  }),
  /**
   * Seconds between points, by which `phaseAt` gives a time its place in the season: a number of at least 0. Default 0. With 0, points are
   * counted instead, so that a missing point shifts all that follow. Without effect where there is no period.
   */
  interval: numberOption({
    default: 0,
    absentInJson: 0,
    unit: 'seconds',
    rule: 'a number of at least 0',
    holds: (value) => value >= 0,
    meaning: 'seconds between points, by which a time has its place in the season; 0 counts points',
    trades:
      'that of the data keeps the season in its place where points are missing; larger compares more points',
  }),
};

type Table = typeof optionTable;
type ValueOf<Row> = Row extends OptionRow<infer Value> ? Value : never;

/** What an option is called. */
export type OptionName = keyof Table;

/** How a detector tests, measures and resets. Every option may be left out. */
export type DetectorOptions = { readonly [Name in keyof Table]?: ValueOf<Table[Name]> };

/** The options of a detector, none left out. */
export type ResolvedOptions = { readonly [Name in keyof Table]: ValueOf<Table[Name]> };

/** The names and rows of the table, in its order. */
export const optionRows = Object.entries(optionTable) as readonly (readonly [
  OptionName,
  OptionRow<unknown>,
])[];
