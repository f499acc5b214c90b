import type { ResolvedOptions } from '@aed/core';
import { plain } from '../../lambda/figures.ts';
import { moveTexts } from '../../lambda/move-texts.ts';
import { printable } from '../../lambda/printable.ts';
import { dependenceNote } from '../../web/compare/dependence-note.ts';
import type { CliContext, Output } from '../context.ts';
import { legendOfKind } from '../legend-of-kind.ts';
import { legendOfLevel } from '../legend-of-level.ts';
import { legendOfP } from '../legend-of-p.ts';
import { jsonLine, write } from '../output.ts';
import { table } from '../table.ts';
import { countsLine, readingLines } from './counts-line.ts';
import { readingsNeeded } from './readings-needed.ts';
import type { FoundChange } from './series.ts';
import type { DetectionSummary } from './summary.ts';

export interface DetectionView {
  /** @param level - what its p-value is below */
  found(change: FoundChange, level: number): void;
  /** The input brings little: whoever waits for it sees what was found. */
  lull(): void;
  /** @param options - of the longest series, if any was tested */
  finished(summary: DetectionSummary, options: ResolvedOptions | undefined): Promise<void>;
}

/** A table holds this many change points; `--json` has no bound. */
const mostInTable = 5_000;

export function detectionView(asJson: boolean, { out }: Pick<CliContext, 'out'>): DetectionView {
  return asJson ? jsonView(out) : tableView(out);
}

function jsonView(out: Output): DetectionView {
  return {
    found({ series, ...change }) {
      out.write(jsonLine({ type: 'changePoint', ...(series !== '' && { seriesId: series }), ...change }));
    },
    lull() {},
    finished: (summary) => write(out, jsonLine({ type: 'summary', ...summary })),
  };
}

function tableView(out: Output): DetectionView {
  const changes: LeveledChange[] = [];
  let shown = 0;
  const show = () => {
    for (const one of changes.slice(shown)) out.write(`${changeLine(one)}\n`);
    shown = changes.length;
  };
  return {
    found(change, level) {
      if (changes.length < mostInTable) return void changes.push({ change, level });
      // There is no room for it, and who watches sees it all the same.
      if (shown === 0) return;
      show();
      out.write(`${changeLine({ change, level })}\n`);
    },
    lull: show,
    async finished(summary, options) {
      const found =
        changes.length === 0
          ? [noChange(summary.longest, options)]
          : [changeTable(changes), ...legendOfChanges(options)];
      const { times = [], dependence, note, seasonNote } = summary;
      const alike = dependenceNote(dependence, printable(dependence?.seriesId ?? ''));
      const notes = [note, seasonNote].flatMap((one) => (one === undefined ? [] : [`note: ${one}`]));
      const lines = [
        ...found,
        countsLine(summary, mostInTable),
        ...readingLines(summary),
        alike,
        ...times,
        ...notes,
      ];
      await write(out, `${lines.filter((line) => line !== '').join('\n')}\n`);
    },
  };
}

/** A change point, and what its p-value is below. */
interface LeveledChange {
  readonly change: FoundChange;
  readonly level: number;
}

/** What the columns of a table of change points mean, a line each. */
export function legendOfChanges(options: ResolvedOptions | undefined): readonly string[] {
  return [
    'since: first reading of the new level; known: reading at which it was detected; both count from 0 in their series.',
    `${legendOfLevel(options)}.`,
    legendOfP(options === undefined ? [] : [options]),
    legendOfKind,
  ].filter((line) => line !== '');
}

/** Why a change needs so many readings. */
const rules: Readonly<
  Record<ResolvedOptions['statistic'], (options: ResolvedOptions, needed: number) => string>
> = {
  mpp: ({ alpha, falseAlarmEvery, startup }, needed) =>
    `with ${falseAlarmEvery > 0 ? `a false alarm every ${falseAlarmEvery}` : `alpha ${alpha}`} and startup ${startup}, a change needs at least ${needed}`,
  scan: ({ falseAlarmEvery, minimumLength, startup, period }, needed) => {
    const lengths =
      period > 1
        ? `minimum length ${minimumLength}, startup ${startup} and a period of ${period}`
        : `minimum length ${minimumLength} and startup ${startup}`;
    return (
      `with a false alarm every ${falseAlarmEvery}, ${lengths}, a change needs at least ${needed}, ` +
      'or a few less where values are equal'
    );
  },
};

/** Says so if there were too few readings to find any. */
function noChange(longest: number, options: ResolvedOptions | undefined): string {
  if (options === undefined) return 'No change point.';
  const { maxRegimeLength } = options;
  const needed = readingsNeeded(options);
  const rule = rules[options.statistic](options, needed);
  if (longest < needed)
    return `No change point: the longest series has ${plain.counted(longest, 'reading')}; ${rule}.`;
  if (maxRegimeLength >= needed) return 'No change point.';
  return `No change point: a regime has at most ${maxRegimeLength} readings (--max-regime-length); ${rule}.`;
}

function changeTable(changes: readonly LeveledChange[]): string {
  const columns = {
    named: changes.some(({ change }) => change.series !== ''),
    timed: changes.some(({ change }) => change.changedAtTime !== undefined),
  };
  return table(
    changeHead(columns),
    [...changes]
      .sort((a, b) => bySeries(a.change, b.change))
      .map(({ change, level }) => changeRow(change, columns, level)),
  );
}

/** A row of the table as a line of its own. */
function changeLine({ change, level }: LeveledChange): string {
  const columns = { named: change.series !== '', timed: change.changedAtTime !== undefined };
  const row = changeRow(change, columns, level);
  const cells = changeHead(columns).map((head, index) => `${head} ${row[index]}`);
  const arrow = change.direction === 'up' ? '▲' : '▼';
  return `${arrow} ${cells.filter((cell) => !cell.includes('95 %')).join(', ')}`;
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
    'kind',
    'since, 95 %',
    'size, 95 %',
  ];
}

export function changeRow(
  change: FoundChange,
  { named, timed }: ChangeColumns,
  level: number,
): readonly string[] {
  const { levels, size, sizeRange = '–' } = moveTexts(change, plain);
  return [
    ...(named ? [printable(change.series)] : []),
    String(change.changedAt),
    String(change.detectedAt),
    ...(timed ? [printable(change.changedAtTime ?? '')] : []),
    levels,
    size,
    plain.pValue(change.pValue, level),
    change.kind,
    `${change.interval.from}–${change.interval.to}`,
    sizeRange,
  ];
}

/** By series, then by position. */
function bySeries(a: FoundChange, b: FoundChange): number {
  return a.series < b.series ? -1 : a.series > b.series ? 1 : a.changedAt - b.changedAt;
}
