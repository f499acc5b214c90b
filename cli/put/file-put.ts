import type { Input } from '../input/open-input.ts';
import { type ReadOptions, type ReadSummary, readReadings } from '../input/read-readings.ts';
import type { ReadingOrder, ReadingSink } from '../input/reading-order.ts';
import { type GivenTimes, type TimeGiver, timeGiver } from './given-times.ts';
import { type HeldReadings, heldReadings } from './held-readings.ts';
import { pausedInput } from './paused-input.ts';
import { eventPlacer, type PlacedCounts, type PlaceOptions } from './place-events.ts';
import type { Position } from './position.ts';
import type { PutSchedule } from './put-schedule.ts';
import type { Refusals } from './refusals.ts';
import { checkColumns } from './row-records.ts';
import { type Outlet, type PlacedEvent, sendInOrder } from './send-in-order.ts';
import { type NamesGiven, seriesNamer } from './series-namer.ts';

export interface FilePutOptions extends PlaceOptions {
  readonly reading: ReadOptions;
  readonly times: GivenTimes | undefined;
  readonly names: NamesGiven;
  /** Sends all series together in the order of time, and holds all readings for that. */
  readonly inTimeOrder: boolean;
  /** So many rows of a series are held back, to sort those that come late. */
  readonly window?: number;
  readonly outlet: Outlet;
  readonly dueAt: PutSchedule;
  readonly signal: AbortSignal;
  /** Whether what has come is sent, too, if the signal aborts: it cannot be read again. */
  readonly sendsRest: boolean;
  /** Told why more rows must come before anything can be read. */
  readonly onWaiting?: (why: string) => void;
}

/** What there was in a file. */
export interface FileOfEvents extends PlacedCounts {
  readonly read: ReadSummary;
  readonly refused: Refusals;
  readonly series: readonly string[];
}

/** The way of a file into a stream. */
export interface FilePut {
  /** Puts all of it. @throws FailedError if it cannot be read; the signal's reason if it aborts; what the outlet throws */
  toEnd(): Promise<FileOfEvents>;
  /** Where to go on after a stop; `undefined` if nothing was sent. */
  position(): Position | undefined;
  /** What was left out so far. */
  readonly refused: Refusals;
}

/**
 * Reads a file, and sends its readings as events while it is read, each series in order.
 *
 * Reading waits while events are sent. So memory is constant, unless all readings must be sorted, or joined by rows: then some 100 bytes for each.
 */
export function filePut(input: Input, options: FilePutOptions): FilePut {
  const { outlet, dueAt, signal } = options;
  const placer = eventPlacer(options);
  let order: ReadingOrder | undefined;
  let giver: TimeGiver | undefined;
  let nameOf = (series: string) => series;
  let held: HeldReadings | undefined;
  /** What came out of the file, and what of it is being sent. */
  let [waiting, sending]: [PlacedEvent[], readonly PlacedEvent[]] = [[], []];
  let underWay = Promise.resolve();
  let newestRow = 0;
  let lastSent: PlacedEvent | undefined;

  const sink: ReadingSink = {
    ...(options.window !== undefined && { window: options.window }),
    begun(begun, plan) {
      order = begun;
      const inFile = seriesNamer(plan, options.names);
      giver = timeGiver(plan, options.times);
      const columns = plan.measured.map(({ field }) => field.name);
      if (placer.fields !== undefined) checkColumns(columns, placer.fields);
      const column = columns.length === 1 ? columns[0] : undefined;
      nameOf = (series) => placer.nameOf(inFile(series), column);
      if (options.inTimeOrder || begun.sortsAll || placer.fields !== undefined) held = heldReadings();
    },
    reading(series, reading) {
      const timed = giver?.timed(series, reading);
      if (timed === undefined) return;
      newestRow = Math.max(newestRow, timed.row);
      if (held !== undefined) return held.add(nameOf(series), timed);
      waiting.push(...placer.place([{ series: nameOf(series), reading: timed }]));
    },
    gap: (series) => giver?.pass(series),
    repeated(series, { raw, ...reading }) {
      // One with an id has replaced the other. One without may stand in a row that repeats no other.
      if (placer.fields === undefined || raw?.id !== undefined) return;
      const value = Number(raw?.value);
      const timed = giver?.timed(series, { ...reading, value, key: value });
      if (timed !== undefined) held?.add(nameOf(series), timed);
    },
    // What fails here is told where reading goes on.
    lull: () => void sendWaiting().catch((error: Error) => input.stream.destroy(error)),
    waiting: (why) => options.onWaiting?.(why),
  };

  return {
    refused: placer.refused,
    async toEnd() {
      const read = await readReadings(pausedInput(input, sendWaiting), options.reading, sink);
      if (signal.aborted && options.sendsRest) await sendRest();
      signal.throwIfAborted();
      await sendWaiting();
      if (held !== undefined)
        await sendInOrder(placer.place(held.inOrder()), outlet, dueAt, signal, noteSent);
      const { counts, refused, series } = placer;
      refused.check(counts.placed + counts.before + refused.count);
      return { ...counts, read, refused, series: [...series] };
    },
    position() {
      if (lastSent === undefined) return undefined;
      // What was sent last may not be all of its moment.
      if (held !== undefined) return { fromTime: lastSent.ms };
      const unsent = [...sending, ...waiting];
      const oldestRow = order?.oldestRow() ?? newestRow + 1;
      return {
        fromRow: unsent.reduce((least, { row }) => Math.min(least, row), Math.min(oldestRow, newestRow + 1)),
      };
    },
  };

  /** One after the other: in a lull, what has come is sent without being asked for. */
  function sendWaiting(): Promise<void> {
    underWay = underWay.then(() => {
      [waiting, sending] = [[], waiting];
      return send(sending, dueAt, signal);
    });
    return underWay;
  }

  async function sendRest(): Promise<void> {
    await underWay.catch(() => {});
    [waiting, sending] = [[], [...sending, ...waiting]];
    const never = new AbortController().signal;
    await send(sending, () => 0, never);
    if (held !== undefined) await sendInOrder(placer.place(held.inOrder()), outlet, () => 0, never, noteSent);
  }

  function send(events: readonly PlacedEvent[], at: PutSchedule, until: AbortSignal): Promise<void> {
    return sendInOrder(events, outlet, at, until, (sent) => {
      sending = sending.slice(sent.length);
      noteSent(sent);
    });
  }

  function noteSent(events: readonly PlacedEvent[]): void {
    lastSent = events.at(-1);
  }
}
