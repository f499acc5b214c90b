import { plainNumber } from '../../lambda/reading/number-text.ts';
import { type CliContext, FailedError } from '../context.ts';
import type { Dataset, Reading } from '../datasets/dataset.ts';
import { describeReasons } from '../describe-reasons.ts';
import type { Format } from '../input/open-input.ts';
import { openInput } from '../input/open-input.ts';
import { type ReadOptions, readReadings } from '../input/read-readings.ts';
import { type ReadingTime, timeText } from '../input/reading-time.ts';
import type { OrderedReading } from '../input/series-order.ts';

/**
 * The readings of a file as a data set: what `aed detect` reads, in the order of time.
 *
 * A row with a bad or missing value or time, or one that is repeated, is a reading like any other: the service sets it aside and says
 * why, or counts it once. Memory: all readings.
 *
 * @throws FailedError naming the file and what is wrong with it
 */
export async function fileDataset(
  path: string,
  options: ReadOptions & { readonly format?: Format },
  context: Pick<CliContext, 'input' | 'signal' | 'error'>,
): Promise<Dataset> {
  const input = await openInput(path, context, options.format);
  const taken: { readonly series: string; readonly one: OrderedReading }[] = [];
  const take = (series: string, one: OrderedReading) => taken.push({ series, one });
  const read = await readReadings(
    input,
    { ...options, skipBad: true },
    { reading: take, gap: take, repeated: take },
  ).catch((error: unknown) => {
    throw error instanceof FailedError ? new FailedError(`${input.name}: ${error.message}`) : error;
  });
  context.signal.throwIfAborted();
  if (taken.length === 0) throw new FailedError(`${path} has no reading`);
  if (taken.every(({ one: { time } }) => time === undefined))
    throw new FailedError(
      `${path} has no times, which the service needs; name their column with --time-column`,
    );
  // Each series is in order already; a stream has the readings of all in the order of time. Repeated ones go last, as they take no number.
  const times = taken.map(({ one }) => (one.isRepeated === true ? Number.MAX_VALUE : (one.time?.ms ?? 0)));
  const order = [...taken.keys()].sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
  const name = read.valueNames[0] || input.name;
  const readings = order.flatMap((index): readonly Reading[] => {
    const entry = taken[index];
    return entry === undefined ? [] : [readingOf(entry.series === '' ? name : entry.series, entry.one)];
  });
  for (const note of read.notes) context.error.write(`read: ${note}\n`);
  if (read.hint !== undefined) context.error.write(`hint: ${read.hint}\n`);
  const left = taken.length < read.rows ? describeReasons(read.skippedReasons) : '';
  if (left !== '') context.error.write(`left out or set aside: ${left}\n`);
  return { title: path, unit: '', readings, practicalThreshold: 0 };
}

function readingOf(seriesId: string, { time, value, key, raw }: OrderedReading): Reading {
  const timestamp = raw?.time ?? (time === undefined ? '' : timeOf(time));
  const eventId = raw?.id ?? (typeof key === 'string' ? key : undefined);
  return {
    seriesId,
    timestamp,
    value: raw === undefined ? value : numberOrText(raw.value),
    ...(eventId !== undefined && { eventId }),
  };
}

/** Numbers that are no dates are taken for milliseconds, as records have them. */
function timeOf(time: ReadingTime): string | number {
  return time.isCalendar ? timeText(time) : time.ms;
}

function numberOrText(text: string): number | string {
  const number = plainNumber(text);
  return Number.isNaN(number) ? text : number;
}
