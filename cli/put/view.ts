import { plain } from '../../lambda/figures.ts';
import { printable, withoutControls } from '../../lambda/printable.ts';
import { dayMs } from '../../lambda/reading/calendar.ts';
import { eventSettings } from '../../lambda/settings.ts';
import type { CliContext } from '../context.ts';
import { describeReasons } from '../describe-reasons.ts';
import { jsonLine, stylesFor, write } from '../output.ts';
import { type PutEvent, toStreamEntry } from '../produce/stream-entry.ts';
import type { FileOfEvents } from './file-put.ts';

type Shown = Pick<CliContext, 'out' | 'environment'>;

/** Where the readings of a file went. */
export interface PutResult {
  readonly input: string;
  /** The stream; `undefined` if nothing was to be put. */
  readonly stream: string | undefined;
  readonly seconds: number;
}

/** Prints an event as it is sent: the data of a record, or a part of that. */
export function showEvent(event: PutEvent, asJson: boolean, { out }: Shown): Promise<void> {
  const { PartitionKey: partitionKey, Data } = toStreamEntry(event);
  const data = Buffer.from(Data).toString('utf8');
  return write(out, asJson ? jsonLine({ type: 'event', partitionKey, data }) : `${data}\n`);
}

/** Prints what a file had, and what became of it. */
export async function showPut(
  file: FileOfEvents,
  { input, stream, seconds }: PutResult,
  asJson: boolean,
  { out, environment }: Shown,
): Promise<void> {
  if (asJson) {
    const { rows, skipped, skippedReasons, firstBad, repeated, sorted, notes, hint } = file.read;
    const summary = {
      input,
      ...(stream === undefined ? { dryRun: true } : { target: stream }),
      rows,
      put: stream === undefined ? 0 : file.placed,
      readings: file.placed,
      before: file.before,
      series: file.series.length,
      refused: file.refused.count,
      refusedReasons: file.refused.reasons,
      skipped,
      skippedReasons,
      ...(firstBad !== undefined && { firstBadRow: firstBad.row }),
      repeated,
      sorted,
      seconds,
      readAs: notes,
      ...(hint !== undefined && { hint }),
    };
    return write(out, jsonLine({ type: 'summary', ...summary }));
  }
  const { bold } = stylesFor(out, environment);
  const many = bold(
    `${plain.counted(file.placed, 'reading')} of ${plain.counted(file.series.length, 'series', 'series')}`,
  );
  const first =
    stream === undefined
      ? `${many} would be put into a service; nothing was (--dry-run)`
      : `${many} put into ${stream} in ${seconds.toFixed(1)} s, ${Math.round(file.placed / seconds)} a second`;
  await write(out, `${[first, ...linesOf(file).map(withoutControls)].join('\n')}\n`);
}

const mostNamed = 8;

function linesOf({ series, read, refused, before, oldest }: FileOfEvents): readonly string[] {
  const { rows, skipped, skippedReasons, firstBad, notes, hint } = read;
  const left =
    skipped === 0
      ? ''
      : `; ${skipped} left out (${describeReasons(skippedReasons)}, the first is row ${firstBad?.row})`;
  const more = series.length > mostNamed ? ` and ${series.length - mostNamed} more` : '';
  return [
    `${plain.counted(rows, 'row')}${left}${before === 0 ? '' : `; ${plain.counted(before, 'reading')} before that not put`}`,
    `series: ${series.slice(0, mostNamed).map(printable).join(', ')}${more}`,
    ...refused.words(),
    ...notes.map((note) => `read: ${note}`),
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
    ...noteOfAge(oldest),
  ];
}

const { default: keptDays } = eventSettings.eventRetentionDays;
/** DynamoDB never deletes what expired longer ago. */
const mostExpiredDays = 5 * 365;

/** @param oldest - epoch milliseconds */
function noteOfAge(oldest: number): readonly string[] {
  const days = (Date.now() - oldest) / dayMs;
  if (days < keptDays) return [];
  const stays = ', but DynamoDB never deletes one that had expired for five years when it was put';
  return [
    `note: the oldest reading is of ${new Date(oldest).toISOString().slice(0, 10)}; unless eventRetentionDays says longer, a deployed service keeps an event for ${keptDays} days from its time${days < keptDays + mostExpiredDays ? '' : stays}`,
  ];
}
