import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import { plain } from '../../lambda/figures.ts';
import { moveTexts } from '../../lambda/move-texts.ts';
import { printable } from '../../lambda/printable.ts';
import { significanceLevel } from '../../lambda/significance-level.ts';
import { shortIso } from '../../lambda/times.ts';
import type { CliContext } from '../context.ts';
import type { Dataset } from '../datasets/dataset.ts';
import { describeReasons } from '../describe-reasons.ts';
import { legendOfKind } from '../legend-of-kind.ts';
import { legendOfLevel } from '../legend-of-level.ts';
import { legendOfP } from '../legend-of-p.ts';
import { stylesFor } from '../output.ts';
import { table } from '../table.ts';
import { labelAt, missedLabels } from './labels.ts';
import type { NumberedChangePoint, OtherKnowledge, Progress, ReplaySummary, ReplayView } from './view.ts';

const eraseRestOfLine = '\u001b[K';

/** A replay for people: each notification when it arrives, progress bars below, a table at the end. */
export function terminalView({
  out,
  error,
  environment,
}: Pick<CliContext, 'out' | 'error' | 'environment'>): ReplayView {
  const { bold } = stylesFor(out, environment);
  const bars = error.isTTY
    ? new MultiBar(
        {
          stream: error,
          format: '{name} {bar} {value}/{total}',
          hideCursor: true,
          // Notifications are longer than most terminals are wide.
          linewrap: true,
          // Notifications overwrite the bars, so these must be drawn again even if they have not moved.
          forceRedraw: true,
          clearOnComplete: true,
          fps: 8,
        },
        Presets.shades_classic,
      )
    : undefined;
  const steps = new Map<keyof Progress, SingleBar>();
  let unit = '';
  let servesPage = false;

  const print = (line: string) => {
    // If both share a terminal, above the bars.
    if (bars !== undefined && out.isTTY) bars.log(`${line}${eraseRestOfLine}\n`);
    else out.write(`${line}\n`);
  };

  return {
    started(dataset, setUpSeconds, pageUrl) {
      servesPage = pageUrl !== undefined;
      unit = dataset.unit === '' ? '' : ` ${dataset.unit}`;
      print(`${bold(dataset.title)}: ${plain.counted(dataset.readings.length, 'reading')}`);
      print(`pipeline up in ${setUpSeconds.toFixed(1)} s`);
      if (pageUrl !== undefined) print(`watch it at ${bold(pageUrl)}`);
      for (const step of ['put', 'recorded', 'tested'] as const) {
        const bar = bars?.create(dataset.readings.length, 0, { name: step.padEnd(8) });
        if (bar !== undefined) steps.set(step, bar);
      }
    },
    progressed(progress) {
      for (const [step, bar] of steps) bar.update(progress[step]);
    },
    notified(changePoint) {
      print(notification(changePoint, unit));
    },
    finished(summary, dataset) {
      bars?.stop();
      out.write(`\n${changePointTable(summary.changePoints, dataset)}\n\n${counts(summary)}\n`);
      if (servesPage) out.write('\nThe page stays until you press Ctrl-C.\n');
    },
    close() {
      bars?.stop();
    },
  };
}

function notification(
  { found, changedAt, interval, detectedAt, other }: NumberedChangePoint,
  unit: string,
): string {
  const arrow = found.direction === 'up' ? '▲' : '▼';
  const between = interval === undefined ? '' : ` (${interval.from}–${interval.to})`;
  const kind = found.kind === undefined ? '' : `${found.kind}, `;
  const { levels, size, since } = moveTexts(found, plain);
  return (
    `${arrow} ${printable(found.seriesId)}: ${levels}${unit} ` +
    `(${size}), ${since} reading ${changedAt}${between} (${shortIso(found.changedAt)}), ` +
    `known after ${plain.counted(detectedAt - changedAt, 'reading')} (${shortIso(found.detectedAt)})${afterByOther(changedAt, other)}; ` +
    `${kind}p = ${plain.pValue(found.pValue, significanceLevel(found.options))}`
  );
}

const nameOf: Readonly<Record<OtherKnowledge['statistic'], string>> = { mpp: 'MPP', scan: 'the scan' };

/** `; by the scan after 6`. */
function afterByOther(changedAt: number, other: OtherKnowledge | undefined): string {
  if (other === undefined) return '';
  const { statistic, detectedAt } = other;
  const by = `by ${nameOf[statistic]}`;
  return detectedAt === undefined ? `; not ${by}` : `; ${by} after ${detectedAt - changedAt}`;
}

function changePointTable(changePoints: readonly NumberedChangePoint[], dataset: Dataset): string {
  if (changePoints.length === 0) return 'No change point.';
  const { labels } = dataset;
  const other = changePoints[0]?.other;
  const head = [
    'series',
    'since',
    'known',
    ...(other ? [`by ${nameOf[other.statistic]}`] : []),
    `level${dataset.unit === '' ? '' : `, ${dataset.unit}`}`,
    'size',
    'p',
    'drift before',
    'kind',
    'since, 95 %',
    'size, 95 %',
    ...(labels ? ['labelled event'] : []),
  ];
  const rows = changePoints.map((changePoint) => {
    const { found, changedAt, interval, detectedAt } = changePoint;
    const { levels, size, sizeRange = '–' } = moveTexts(found, plain);
    return [
      printable(found.seriesId),
      `${changedAt}`,
      `${detectedAt}`,
      ...(other ? [`${changePoint.other?.detectedAt ?? '–'}`] : []),
      levels,
      size,
      plain.pValue(found.pValue, significanceLevel(found.options)),
      driftBefore(found),
      found.kind ?? '–',
      interval === undefined ? '–' : `${interval.from}–${interval.to}`,
      sizeRange,
      ...(labels ? [labelAt(changePoint, labels)] : []),
    ];
  });
  const missed = missedLabels(changePoints, labels ?? []).map(
    ({ seriesId, first, last }) =>
      `\nno change found in the labelled stretch ${first}–${last} of ${printable(seriesId)}`,
  );
  const legend = [
    'since: first reading of the new level; known: reading at which it was detected;',
    ...(other
      ? [`by ${nameOf[other.statistic]}: reading at which ${nameOf[other.statistic]} would have detected it;`]
      : []),
    `${legendOfLevel(changePoints[0]?.found.options)};`,
    'drift before: how far the level had moved, bit by bit, before the change',
    legendOfKind,
    labels ? 'labelled event: its first and last reading, and where in it the new level begins' : '',
    legendOfP(changePoints.map(({ found }) => found.options)),
  ].filter((line) => line !== '');
  return `${table(head, rows)}\n${legend.join('\n')}${missed.join('')}`;
}

/** How far the level drifted before it changed, if it did. In a gradual change, drift and shift are about equal. */
function driftBefore({ trend, before }: NumberedChangePoint['found']): string {
  return trend !== undefined && trend.pValue < 0.01
    ? plain.signed(Number((trend.slope * before.count).toPrecision(2)))
    : '–';
}

function counts(summary: ReplaySummary): string {
  const repeated = summary.repeated > 0 ? ` + repeated ${summary.repeated}` : '';
  const reasons = summary.setAside > 0 ? ` (${describeReasons(summary.setAsideReasons)})` : '';
  const late = summary.late > 0 ? ` (${summary.late} came after their regime had ended)` : '';
  const { other } = summary;
  const byOther = other ? `; ${nameOf[other.statistic]} would have found ${other.found}` : '';
  return [
    `put ${summary.put} = recorded ${summary.recorded} + set aside ${summary.setAside}${reasons}${repeated}`,
    `tested ${summary.tested}${late}, found ${summary.found}, notified ${summary.notified}${byOther}`,
    `${summary.seconds.toFixed(1)} s, ${Math.round(summary.eventsPerSecond)} events a second`,
    ...(summary.note === undefined ? [] : [`note: ${summary.note}`]),
  ].join('\n');
}
