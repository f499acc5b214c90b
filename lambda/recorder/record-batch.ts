import type { ArrivedRecord } from '../record/arrived-record.ts';
import { type DecodeRules, decodeRecord } from '../record/decode-record.ts';
import type { Reason } from '../record/reasons.ts';
import { GatheredWave } from './gathered-wave.ts';
import type { Problem, Quarantine } from './quarantine.ts';
import { type WaveParts, type WrittenWave, writeWave } from './write-wave.ts';

/** A record of the stream, as the recorder reads it. */
export interface StreamRecord extends ArrivedRecord {
  readonly shardId: string;
}

export interface RecorderParts extends DecodeRules, Omit<WaveParts, 'setAside'> {
  readonly quarantine: Quarantine;
  /** Events and problems of the next wave. */
  readonly waveSize: () => number;
}

/** The outcome of a batch. */
export interface RecordedBatch {
  /** Entries that are stored as events, repeats included. */
  readonly recorded: number;
  /** Of these, entries that another one of the same series, time and id in their wave replaced before it was written. */
  readonly merged: number;
  /** Waves that were closed, over all series. */
  readonly waves: number;
  /** Entries set aside. */
  readonly quarantined: number;
  /** How many entries were set aside for each reason. */
  readonly reasons: Readonly<Partial<Record<Reason, number>>>;
  /** The first record that is not all stored or set aside, and why. All records before it are. Of those after it, some may be. */
  readonly failure?: { readonly sequenceNumber: string; readonly error: unknown };
}

/**
 * Stores a batch in waves, and stops after the first wave of which something cannot be stored.
 *
 * The detector never learns of events of one series out of order: `writeWave` closes the wave of a series when all its older events are stored, and
 * the next wave begins when the last one is done. What a failed series leaves unclosed, and whatever comes after it, comes again with the retry.
 * So the events of other series, and bad records, need not wait for it.
 *
 * Memory: the records, the entries of one of them, and one wave.
 *
 * @param signal - aborts before the invocation runs out of time. What is then not stored counts as failed, and the records
 * before it are not repeated
 * @param isLate - whether there is only time to write what is gathered: no signal can abort while records are read, since that never waits
 */
export async function recordBatch(
  records: readonly StreamRecord[],
  parts: RecorderParts,
  signal: AbortSignal = new AbortController().signal,
  isLate: () => boolean = () => signal.aborted,
): Promise<RecordedBatch> {
  const counts = new BatchCounts();
  const waveParts: WaveParts = {
    ...parts,
    async setAside({ place, problems }) {
      const record = records[place];
      if (record !== undefined) await keep(record, problems, parts.quarantine, signal);
    },
  };
  const failureAt = (place: number, error: unknown, isOver: boolean): RecordedBatch => {
    const sequenceNumber = records[place]?.sequenceNumber ?? '';
    return { ...counts.sums, failure: { sequenceNumber, error: isOver ? nearTimeout(error) : error } };
  };
  const waves = wavesOf(records, parts, isLate);
  let next = waves.next();
  for (; !next.done; next = waves.next()) {
    const written = await writeWave(next.value, waveParts, signal);
    counts.add(written);
    if (written.failure !== undefined)
      return failureAt(written.failure.place, written.failure.error, signal.aborted);
  }
  return next.value === undefined ? counts.sums : failureAt(next.value, undefined, true);
}

function nearTimeout(cause: unknown): Error {
  return new Error('the invocation came near its time-out', cause === undefined ? {} : { cause });
}

/**
 * The batch in waves, each as soon as it is full.
 *
 * @returns the place of the first record that is not read, if it is too late for that
 */
function* wavesOf(
  records: readonly StreamRecord[],
  { waveSize, ...rules }: Pick<RecorderParts, 'waveSize' | keyof DecodeRules>,
  isLate: () => boolean,
): Generator<GatheredWave, number | undefined, undefined> {
  let wave = new GatheredWave(waveSize());
  for (const [place, record] of records.entries()) {
    if (isLate()) {
      if (!wave.isEmpty) yield wave;
      return place;
    }
    const problems: Problem[] = [];
    for (const entry of decodeRecord(record, rules)) {
      if (!entry.ok) {
        const { ok, ...problem } = entry;
        problems.push(problem);
        continue;
      }
      wave.add(entry.event, place);
      if (!wave.isFull) continue;
      yield wave;
      wave = new GatheredWave(waveSize());
    }
    if (problems.length > 0) wave.setAside({ place, problems });
    if (!wave.isFull) continue;
    yield wave;
    wave = new GatheredWave(waveSize());
  }
  if (!wave.isEmpty) yield wave;
  return undefined;
}

async function keep(
  record: StreamRecord,
  problems: readonly Problem[],
  quarantine: Quarantine,
  signal: AbortSignal,
): Promise<void> {
  const { shardId, sequenceNumber, partitionKey } = record;
  const arrivedAt = new Date(record.arrivedAt).toISOString();
  const data = Buffer.from(record.data).toString('base64');
  await quarantine.keep({ shardId, sequenceNumber, partitionKey, arrivedAt, data, problems }, signal);
}

class BatchCounts {
  readonly #reasons: Partial<Record<Reason, number>> = {};
  #recorded = 0;
  #merged = 0;
  #waves = 0;
  #quarantined = 0;

  add({ closed, setAside }: WrittenWave): void {
    this.#waves += closed.length;
    for (const { entries, events } of closed) {
      this.#recorded += entries;
      this.#merged += entries - events.size;
    }
    for (const { problems } of setAside) {
      this.#quarantined += problems.length;
      for (const { reason } of problems) this.#reasons[reason] = (this.#reasons[reason] ?? 0) + 1;
    }
  }

  get sums(): Omit<RecordedBatch, 'failure'> {
    return {
      recorded: this.#recorded,
      merged: this.#merged,
      waves: this.#waves,
      quarantined: this.#quarantined,
      reasons: this.#reasons,
    };
  }
}
