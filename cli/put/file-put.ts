import type { Pieces } from '../input/bytes/peek.ts';
import type { Input } from '../input/open-input.ts';
import { type ReadOptions, type ReadSummary, readReadings } from '../input/read-readings.ts';
import type { ReadingOrder, ReadingSink } from '../input/reading-order.ts';
import { sortAll, type TimeSort } from '../input/sort-all.ts';
import { type GivenTimes, type TimeGiver, timeGiver } from './given-times.ts';
import { eventPlacer, type PlacedCounts, type PlaceOptions } from './place-events.ts';
import type { Position } from './position.ts';
import type { PutSchedule } from './put-schedule.ts';
import type { Refusals } from './refusals.ts';
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
}

/**
 * Reads a file, and sends its readings as events while it is read, each series in order.
 *
 * Reading waits while events are sent. So memory is constant, unless all readings must be sorted: then some 50 bytes for each.
 */
export function filePut(input: Input, options: FilePutOptions): FilePut {
  const { outlet, dueAt, signal } = options;
  const placer = eventPlacer(options);
  const numbers = new Map<string, number>();
  let order: ReadingOrder | undefined;
  let giver: TimeGiver | undefined;
  let nameOf = (series: string) => series;
  let sorted: TimeSort | undefined;
  /** What came out of the file, and what of it is being sent. */
  let [waiting, sending]: [PlacedEvent[], readonly PlacedEvent[]] = [[], []];
  let newestRow = 0;
  let lastSent: PlacedEvent | undefined;

  const sink: ReadingSink = {
    ...(options.window !== undefined && { window: options.window }),
    begun(begun, plan) {
      order = begun;
      giver = timeGiver(plan, options.times);
      nameOf = seriesNamer(plan, options.names);
      if (options.inTimeOrder || begun.sortsAll) sorted = sortAll(false);
    },
    reading(series, reading) {
      const timed = giver?.timed(series, reading);
      if (timed === undefined) return;
      newestRow = Math.max(newestRow, timed.row);
      if (sorted !== undefined) return sorted.add(numberOf(series), timed);
      const placed = placer.place(nameOf(series), timed);
      if (placed !== undefined) waiting.push(placed);
    },
    gap: (series) => giver?.pass(series),
    repeated() {},
  };

  return {
    async toEnd() {
      const read = await readReadings(
        { ...input, pieces: pausing(input.pieces, sendWaiting) },
        options.reading,
        sink,
      );
      signal.throwIfAborted();
      await sendWaiting();
      if (sorted !== undefined) await sendInOrder(inTimeOrder(sorted), outlet, dueAt, signal, noteSent);
      const { counts, refused, series } = placer;
      refused.check(counts.placed + counts.before + refused.count);
      return { ...counts, read, refused, series: [...series] };
    },
    position() {
      if (lastSent === undefined) return undefined;
      // What was sent last may not be all of its moment.
      if (sorted !== undefined) return { fromTime: lastSent.ms };
      const unsent = [...sending, ...waiting];
      const held = order?.oldestRow() ?? newestRow + 1;
      return {
        fromRow: unsent.reduce((least, { row }) => Math.min(least, row), Math.min(held, newestRow + 1)),
      };
    },
  };

  async function sendWaiting(): Promise<void> {
    [waiting, sending] = [[], waiting];
    await sendInOrder(sending, outlet, dueAt, signal, (events) => {
      sending = sending.slice(events.length);
      noteSent(events);
    });
  }

  function noteSent(events: readonly PlacedEvent[]): void {
    lastSent = events.at(-1);
  }

  function numberOf(series: string): number {
    const known = numbers.get(series);
    if (known !== undefined) return known;
    numbers.set(series, numbers.size);
    return numbers.size - 1;
  }

  function* inTimeOrder(all: TimeSort): Generator<PlacedEvent> {
    const names = [...numbers.keys()].map(nameOf);
    for (const { series, entry } of all.inOrder()) {
      const { time } = entry;
      const placed = time && placer.place(names[series] ?? '', { ...entry, time });
      if (placed !== undefined) yield placed;
    }
  }
}

/** The same pieces; after each, something else is done before the next is read. */
async function* pausing(pieces: Pieces, work: () => Promise<void>): Pieces {
  for await (const piece of pieces) {
    yield piece;
    await work();
  }
}
