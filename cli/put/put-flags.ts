import { basename } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { RecordSettings } from '../../lambda/record-settings.ts';
import { positiveNumber, seriesName, timestamp, wholeNumber } from '../arguments.ts';
import { UsageError } from '../context.ts';
import { addReadingFlags, type ReadingFlags, readingOptions } from '../input/reading-flags.ts';
import { refuseArrival } from '../produce/service-records.ts';
import { addRecordFlags, type RecordFlags, recordSettingsOf } from '../record-flags.ts';
import { addTimeFlags, givenTimes, type TimeFlags } from './given-times.ts';
import type { PutPlan } from './put-readings.ts';
import { putSchedule } from './put-schedule.ts';
import { columnsOf, readingsPerRecord, severalFields } from './row-records.ts';

/** The flags that say what is put and when, as commander has them. */
export interface PutFlags extends ReadingFlags, TimeFlags, RecordFlags {
  readonly series?: string;
  readonly rate?: number;
  readonly asRecorded?: number | true;
  readonly fromRow?: number;
  readonly fromTime?: number;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** A dry run shows so many events. */
export const shownEvents = 5;

export function addPutFlags(command: Command): Command {
  addReadingFlags(command).option(
    '--series <name>',
    'name of the series, if no column names it (default: that of the file)',
    seriesName,
  );
  addTimeFlags(command)
    .option('--rate <readings>', 'readings a second (default: as many as the stream takes)', positiveNumber)
    .option(
      '--as-recorded [speed]',
      'put readings at the distances of their times, or so many times as fast, such as 60x',
      speed,
    )
    .option('--from-row <number>', 'put this row of the file and those after it', wholeNumber(1))
    .option('--from-time <time>', 'put the readings of this time and later', timestamp)
    .option(
      '--dry-run',
      `put nothing: show the first ${shownEvents} events as they would be sent, and the counts`,
      false,
    )
    .option('--json', 'one JSON object a line: the events of a dry run, then a summary', false);
  return addRecordFlags(command, true);
}

function speed(text: string): number {
  const value = Number(text.replace(/x$/, ''));
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError(
    `It must be a speed such as 60x, got '${text}'; the name of the file stands before --as-recorded.`,
  );
}

/**
 * @param known - how the service finds events in records, if that is known
 * @throws UsageError if two flags contradict each other, or no file can be put into such a service
 */
export function putPlan(path: string, flags: PutFlags, known: RecordSettings | undefined): PutPlan {
  const { series, rate, asRecorded, fromRow, fromTime, skipBad, onBad, format, encoding } = flags;
  if (rate !== undefined && asRecorded !== undefined)
    throw new UsageError('--rate and --as-recorded both say how fast');
  const records = recordSettingsOf(flags, known);
  refuseArrival(records, 'the times of a file');
  const fields = severalFields(records);
  const recorded = asRecorded === true ? 1 : asRecorded;
  const isChosen = flags.column.length > 0 || flags.allColumns === true;
  const pace = {
    ...(rate !== undefined && { rate: rate / readingsPerRecord(records) }),
    ...(recorded !== undefined && { speed: recorded }),
  };
  return {
    reading: { ...readingOptions(flags), ...(isChosen || fields === undefined ? {} : columnsOf(fields)) },
    times: givenTimes(flags),
    names: { ...(series !== undefined && { series }), ...(path !== '-' && { file: stemOf(path) }) },
    from: { ...(fromRow !== undefined && { fromRow }), ...(fromTime !== undefined && { fromTime }) },
    inTimeOrder: recorded !== undefined,
    dueAt: putSchedule(flags.dryRun ? {} : pace),
    now: () => Date.now(),
    records,
    onBad,
    ...(skipBad !== undefined && { skipBad }),
    ...(format !== undefined && { format }),
    ...(encoding !== undefined && { encoding }),
  };
}

/** The name of a file without what says its format. */
function stemOf(path: string): string {
  const name = basename(path);
  return name.replace(/(.)(\.\w{1,6})?(\.gz)?$/i, '$1') || name;
}
