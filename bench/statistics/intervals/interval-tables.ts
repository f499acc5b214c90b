import { table, thousands } from '../../page-tables.ts';
import result from '../../results/scan-intervals.json' with { type: 'json' };
import { noiseNames, wanderingNames } from './signals.ts';

interface Row {
  readonly statistic: string;
  readonly noise: string;
  readonly practicalThreshold: number;
  readonly what: string;
  readonly quiet: number;
  readonly alarms: number;
  readonly held: number;
  readonly exact: number;
  readonly lengthMean: number;
  readonly errorMean: number;
  readonly sizeHeld?: number;
  readonly sizeLengthMean?: number;
  readonly shifts: number;
  readonly drifts: number;
  readonly unsure: number;
}

const rows: readonly Row[] = result.rows;
const isRamp = ({ what }: Row) => what.startsWith('ramp');
const isWandering = ({ noise }: Row) => wanderingNames.includes(noise);

/** A share in per cent with its standard error. */
export const heldShare = (count: number, of: number) => {
  const rate = count / of;
  const error = Math.sqrt((rate * (1 - rate)) / of);
  return `${(100 * rate).toFixed(1)} ± ${(100 * error).toFixed(1)} %`;
};

const headOfPlace = ['place held', 'length, points', '`changedAt` exact', 'mean error'];
const cellsOfPlace = (row: Row) => [
  heldShare(row.held, row.alarms),
  row.lengthMean,
  heldShare(row.exact, row.alarms),
  row.errorMean,
];

/** How often the intervals hold the truth: of steps after 200 and 1,000 quiet points, and of frequencies that change. */
const intervals = table(
  ['statistic', 'noise', 'change', 'quiet points', ...headOfPlace, 'size held', 'length, sd'],
  rows
    .filter((row) => !isRamp(row) && !isWandering(row) && row.quiet >= 200)
    .map((row) => [
      `\`${row.statistic}\``,
      row.noise,
      row.what,
      thousands(row.quiet),
      ...cellsOfPlace(row),
      row.sizeHeld === undefined ? '–' : heldShare(row.sizeHeld, row.alarms),
      row.sizeLengthMean ?? '–',
    ]),
);

/** The same of steps in noise that wanders, with a practical threshold and without. */
const wanderingIntervals = table(
  ['noise', 'change', 'δ', 'alarms', ...headOfPlace],
  rows
    .filter((row) => isWandering(row) && !isRamp(row))
    .map((row) => [row.noise, row.what, row.practicalThreshold, thousands(row.alarms), ...cellsOfPlace(row)]),
);

/** What steps and ramps are said to be: shift / drift / unsure in per cent, by the noise. */
const kinds = table(
  ['change', 'quiet points', ...noiseNames],
  changesIn(noiseNames).map((change) => [
    change.what,
    thousands(change.quiet),
    ...noiseNames.map((noise) => kindsOf(change, noise)),
  ]),
);

/** The same in noise that wanders. */
const wanderingKinds = table(
  ['change', 'δ', ...wanderingNames],
  changesIn(wanderingNames).map((change) => [
    change.what,
    change.practicalThreshold,
    ...wanderingNames.map((noise) => kindsOf(change, noise)),
  ]),
);

function kindsOf({ what, quiet, practicalThreshold }: Row, noise: string): string {
  const row = rows.find(
    (row) =>
      row.statistic === 'scan' &&
      row.noise === noise &&
      row.what === what &&
      row.quiet === quiet &&
      row.practicalThreshold === practicalThreshold,
  );
  if (row === undefined) return '–';
  const parts = [row.shifts, row.drifts, row.unsure];
  return parts.map((count) => Math.round((100 * count) / row.alarms)).join(' / ');
}

/** The scan's rows of the first noise, which has what the others have. */
function changesIn(noises: readonly string[]): readonly Row[] {
  return rows
    .filter(({ noise, statistic }) => noise === noises[0] && statistic === 'scan')
    .toSorted(
      (a, b) => Number(isRamp(a)) - Number(isRamp(b)) || a.what.localeCompare(b.what) || a.quiet - b.quiet,
    );
}

/** The tables of the intervals, by name. */
export const intervalTables: Readonly<Record<string, string>> = {
  'scan-intervals': intervals,
  'scan-intervals-wandering': wanderingIntervals,
  'scan-kinds': kinds,
  'scan-kinds-wandering': wanderingKinds,
};
