import type { Event } from '../event.ts';
import { processingLimits } from '../processing-limits.ts';
import { severalAtOnce } from '../several-at-once.ts';
import type { EventWriter, WrittenEvent } from '../tables/events-table.ts';
import { groupsOf } from '../tables/groups-of.ts';
import { markOf } from '../tables/wave.ts';
import { type BadRecord, endsOf, type GatheredWave, type SeriesWave } from './gathered-wave.ts';

export interface WaveParts {
  readonly events: EventWriter;
  /** Makes the id of each wave. */
  readonly newId: () => string;
  /** Sets a record aside. @throws what the quarantine throws */
  setAside(bad: BadRecord): Promise<void>;
}

/** The outcome of writing a wave. */
export interface WrittenWave {
  readonly closed: readonly SeriesWave[];
  readonly setAside: readonly BadRecord[];
  /** The first record of the batch of which something is not stored, and one reason. */
  readonly failure?: { readonly place: number; readonly error: unknown };
}

/**
 * Writes a wave in two phases: first all events but the newest of each series, in any order, and then the newest. So when the newest of
 * a series is stored, and its mark reaches the detector, everything older of the series is stored as well.
 *
 * A series with an older event that could not be stored is not closed; the others are. Until its closing event is stored, the detector does not
 * see the wave. A retry writes it again, in waves that may be cut in other ways: that changes nothing but marks.
 */
export async function writeWave(
  wave: GatheredWave,
  parts: WaveParts,
  signal: AbortSignal,
): Promise<WrittenWave> {
  const errors: unknown[] = [];

  /** @returns those that stayed unstored */
  async function write(events: readonly WrittenEvent[]): Promise<ReadonlySet<Event>> {
    const left = new Set<Event>();
    const { writeBatchItems, writesAtOnce } = processingLimits;
    await severalAtOnce(groupsOf(events, writeBatchItems), writesAtOnce, async (call) => {
      try {
        signal.throwIfAborted();
        const unprocessed = await parts.events.write(call, signal);
        for (const event of unprocessed) left.add(event);
        if (unprocessed.length === 0) return;
        errors.push(new Error(`${unprocessed.length} events stayed unprocessed after all retries`));
      } catch (error) {
        for (const event of call) left.add(event);
        errors.push(error);
      }
    });
    return left;
  }

  /** @returns those that are set aside */
  async function setAside(records: readonly BadRecord[]): Promise<readonly BadRecord[]> {
    const done: BadRecord[] = [];
    await severalAtOnce(records, processingLimits.writesAtOnce, async (bad) => {
      try {
        signal.throwIfAborted();
        await parts.setAside(bad);
        done.push(bad);
      } catch (error) {
        errors.push(error);
      }
    });
    return done;
  }

  const split = wave.series.map((series) => splitOf(series, parts.newId()));
  const [unstored, done] = await Promise.all([
    write(split.flatMap(({ older }) => older)),
    setAside(wave.bad),
  ]);
  const whole = split.filter(({ older }) => !older.some((event) => unstored.has(event)));
  const unclosed = await write(whole.map(({ closing }) => closing));
  const closed = whole.filter(({ closing }) => !unclosed.has(closing)).map(({ series }) => series);

  const safe = new Set<SeriesWave | BadRecord>([...closed, ...done]);
  const unsafe = [...wave.series, ...wave.bad].filter((part) => !safe.has(part));
  const place = unsafe.reduce((lowest, part) => Math.min(lowest, part.place), Number.POSITIVE_INFINITY);
  return {
    closed,
    setAside: done,
    ...(unsafe.length > 0 && { failure: { place, error: errors[0] } }),
  };
}

/** The events of a series that are written first, and the one that closes its wave. */
function splitOf(series: SeriesWave, id: string) {
  const { oldest, newest } = endsOf(series);
  const older: Event[] = [];
  let closing: WrittenEvent | undefined;
  for (const [key, event] of series.events) {
    if (key !== newest) older.push(event);
    else closing = { ...event, wave: markOf({ closing: newest, oldest, count: series.events.size }, id) };
  }
  if (closing === undefined) throw new TypeError('a wave of a series must hold an event, got none');
  return { series, older, closing };
}
