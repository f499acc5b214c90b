import { withoutControls } from '../../lambda/printable.ts';
import { plainNumber } from '../../lambda/reading/number-text.ts';
import { type CliContext, FailedError } from '../context.ts';
import type { Dataset, Reading } from '../datasets/dataset.ts';
import { describeReasons } from '../describe-reasons.ts';
import { type InputOptions, openInput } from '../input/open-input.ts';
import { type ReadOptions, readReadings } from '../input/read-readings.ts';
import { compareTimes, timeText } from '../input/reading-time.ts';
import type { OrderedReading } from '../input/series-order.ts';
import { type GivenTimes, timeGiver } from '../put/given-times.ts';
import { readingEventWriter } from '../put/reading-events.ts';

/** For readings that have no times: no service but that of the replay sees these. */
const usualTimes: GivenTimes = { start: Date.parse('2000-01-01T00:00:00Z'), intervalSeconds: 1 };

export interface FileDatasetOptions extends ReadOptions, InputOptions {
  /** For readings that have none. Default: one each second. */
  readonly times?: GivenTimes;
}

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
  options: FileDatasetOptions,
  context: Pick<CliContext, 'input' | 'signal' | 'error'>,
): Promise<Dataset> {
  const input = await openInput(path, context, options);
  const taken: { readonly series: string; readonly ms: number; readonly reading: Reading }[] = [];
  const writer = readingEventWriter();
  /** The readings of the newest moment of each series: a repeated one is one of these. */
  const moments = new Map<string, { readonly time: OrderedReading['time']; readonly readings: Reading[] }>();
  let isDated = false;
  let giver = timeGiver({ time: undefined }, options.times ?? usualTimes);
  const read = await readReadings(
    input,
    { ...options, skipBad: true },
    {
      begun(_, plan) {
        isDated = plan.time?.isCalendar === true;
        if (isDated) giver = timeGiver(plan, options.times);
      },
      reading(series, one) {
        const timed = giver.timed(series, one);
        const reading = writer.write(series, timed);
        const same = moments.get(series);
        if (same !== undefined && isSameTime(same.time, one.time)) same.readings.push(reading);
        else moments.set(series, { time: one.time, readings: [reading] });
        taken.push({ series, ms: timed.time.ms, reading });
      },
      gap(series, one) {
        const gap = isDated ? one : giver.timed(series, one);
        taken.push({ series, ms: gap.time?.ms ?? 0, reading: badReading(series, gap) });
      },
      repeated(series, { raw }) {
        const { readings = [] } = moments.get(series) ?? {};
        const first = readings.find(({ value, eventId }) =>
          raw?.id === undefined ? value === Number(raw?.value) : eventId === raw.id,
        );
        // It goes last, as it takes no number.
        if (first !== undefined) taken.push({ series, ms: Number.MAX_VALUE, reading: first });
      },
    },
  ).catch((error: unknown) => {
    throw error instanceof FailedError ? new FailedError(`${input.name}: ${error.message}`) : error;
  });
  context.signal.throwIfAborted();
  if (taken.length === 0) throw new FailedError(`${path} has no reading`);
  // Each series is in order already; a stream has the readings of all in the order of time.
  taken.sort((a, b) => a.ms - b.ms);
  const name = read.valueNames[0] || input.name;
  const readings = taken.map(({ series, reading }) =>
    series === '' ? { ...reading, seriesId: name } : reading,
  );
  if (!isDated && options.times === undefined)
    context.error.write('read: no times: one reading each second from 2000 on (--start and --every)\n');
  for (const note of read.notes) context.error.write(`read: ${withoutControls(note)}\n`);
  if (read.hint !== undefined) context.error.write(`hint: ${withoutControls(read.hint)}\n`);
  const left = taken.length < read.rows ? describeReasons(read.skippedReasons) : '';
  if (left !== '') context.error.write(`left out or set aside: ${left}\n`);
  return { title: path, unit: '', readings, practicalThreshold: 0 };
}

/** What is no reading, as its row has it. */
function badReading(seriesId: string, { time, raw }: OrderedReading): Reading {
  return {
    seriesId,
    timestamp: raw?.time ?? (time === undefined ? '' : timeText(time)),
    value: numberOrText(raw?.value ?? ''),
    ...(raw?.id !== undefined && { eventId: raw.id }),
  };
}

function isSameTime(one: OrderedReading['time'], other: OrderedReading['time']): boolean {
  return one !== undefined && other !== undefined && compareTimes(one, other) === 0;
}

function numberOrText(text: string): number | string {
  const number = plainNumber(text);
  return Number.isNaN(number) ? text : number;
}
