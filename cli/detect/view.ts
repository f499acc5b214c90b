import type { ResolvedOptions } from '@aed/core';
import { plain } from '../../lambda/figures.ts';
import { printable } from '../../lambda/printable.ts';
import { significanceLevel } from '../../lambda/significance-level.ts';
import type { CliContext, Output } from '../context.ts';
import { describeReasons } from '../describe-reasons.ts';
import { legendOfP } from '../legend-of-p.ts';
import { jsonLine, write } from '../output.ts';
import { table } from '../table.ts';
import { readingsNeeded } from './readings-needed.ts';
import type { FoundChange } from './series.ts';

/** The totals of a file of readings. */
export interface DetectionSummary {
  readonly input: string;
  readonly rows: number;
  readonly series: number;
  readonly found: number;
  /** Rows without a number. */
  readonly skipped: number;
  readonly skippedReasons: Readonly<Record<string, number>>;
  readonly firstBadRow?: number;
  /** Readings in the longest series. */
  readonly longest: number;
  readonly seconds: number;
  /** What a reader should know before believing the change points. */
  readonly note?: string;
}

export interface DetectionView {
  found(change: FoundChange): void;
  finished(summary: DetectionSummary): Promise<void>;
}

/** A table holds this many change points; `--json` has no bound. */
const mostInTable = 5_000;

export function detectionView(
  asJson: boolean,
  options: ResolvedOptions,
  { out }: Pick<CliContext, 'out'>,
): DetectionView {
  return asJson ? jsonView(out) : tableView(out, options);
}

function jsonView(out: Output): DetectionView {
  return {
    found({ series, ...change }) {
      out.write(jsonLine({ type: 'changePoint', ...(series !== '' && { seriesId: series }), ...change }));
    },
    finished: (summary) => write(out, jsonLine({ type: 'summary', ...summary })),
  };
}

function tableView(out: Output, options: ResolvedOptions): DetectionView {
  const changes: FoundChange[] = [];
  const legend = [legendOfPlaces, legendOfP([options.statistic])].filter((line) => line !== '').join('\n');
  return {
    found(change) {
      if (changes.length < mostInTable) changes.push(change);
    },
    async finished(summary) {
      await write(
        out,
        `${changes.length === 0 ? noChange(summary.longest, options) : `${changeTable(changes, significanceLevel(options))}\n${legend}`}\n${counts(summary)}\n${summary.note === undefined ? '' : `note: ${summary.note}\n`}`,
      );
    },
  };
}

const legendOfPlaces =
  'since: first reading of the new level; known: reading at which it was detected; both count from 0 in their series.\n' +
  'level: medians before and after.';

/** Why a change needs so many readings. */
const rules: Readonly<
  Record<ResolvedOptions['statistic'], (options: ResolvedOptions, needed: number) => string>
> = {
  mpp: ({ alpha, falseAlarmEvery, startup }, needed) =>
    `with ${falseAlarmEvery > 0 ? `a false alarm every ${falseAlarmEvery}` : `alpha ${alpha}`} and startup ${startup}, a change needs at least ${needed}`,
  scan: ({ falseAlarmEvery, minimumLength, startup }, needed) =>
    `with a false alarm every ${falseAlarmEvery}, minimum length ${minimumLength} and startup ${startup}, a change needs at least ${needed}, ` +
    'or a few less where values are equal',
};

/** Says so if there were too few readings to find any. */
function noChange(longest: number, options: ResolvedOptions): string {
  const { maxRegimeLength } = options;
  const needed = readingsNeeded(options);
  const rule = rules[options.statistic](options, needed);
  if (longest < needed)
    return `No change point: the longest series has ${plain.counted(longest, 'reading')}; ${rule}.`;
  if (maxRegimeLength >= needed) return 'No change point.';
  return `No change point: a regime has at most ${maxRegimeLength} readings (--max-regime-length); ${rule}.`;
}

function changeTable(changes: readonly FoundChange[], level: number): string {
  const columns = {
    named: changes.some(({ series }) => series !== ''),
    timed: changes.some(({ changedAtTime }) => changedAtTime !== undefined),
  };
  return table(
    changeHead(columns),
    [...changes].sort(bySeries).map((change) => changeRow(change, columns, level)),
  );
}

/** The optional columns of a table of change points. */
interface ChangeColumns {
  readonly named: boolean;
  readonly timed: boolean;
}

export function changeHead({ named, timed }: ChangeColumns): readonly string[] {
  return [
    ...(named ? ['series'] : []),
    'since',
    'known',
    ...(timed ? ['time of the change'] : []),
    'level',
    'size',
    'p',
  ];
}

export function changeRow(
  change: FoundChange,
  { named, timed }: ChangeColumns,
  level: number,
): readonly string[] {
  return [
    ...(named ? [printable(change.series)] : []),
    String(change.changedAt),
    String(change.detectedAt),
    ...(timed ? [printable(change.changedAtTime ?? '')] : []),
    plain.levels(change.before.median, change.after.median),
    plain.signed(change.magnitude),
    plain.pValue(change.pValue, level),
  ];
}

/** By series, then by position. */
function bySeries(a: FoundChange, b: FoundChange): number {
  return a.series < b.series ? -1 : a.series > b.series ? 1 : a.changedAt - b.changedAt;
}

function counts({
  rows,
  series,
  found,
  skipped,
  skippedReasons,
  firstBadRow,
  seconds,
}: DetectionSummary): string {
  const missing = found > mostInTable ? `, the first ${mostInTable} of them above (--json has all)` : '';
  const left =
    skipped === 0
      ? ''
      : `; ${plain.counted(skipped, 'row')} left out (${describeReasons(skippedReasons)}, the first is row ${firstBadRow})`;
  return `${plain.counted(rows, 'row')}, ${series} series, ${plain.counted(found, 'change point')}${missing}${left}; ${seconds.toFixed(1)} s`;
}
