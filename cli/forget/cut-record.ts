import { processingLimits } from '../../lambda/processing-limits.ts';
import { splitObjects } from '../../lambda/reading/split-objects.ts';
import { deaggregate, isAggregated } from '../../lambda/record/aggregated-record.ts';
import type { EventReading } from '../../lambda/record/event-reading.ts';
import { logEventsIn } from '../../lambda/record/log-events.ts';
import { gzipUnpacker, isGzip } from '../../lambda/record/unpack-gzip.ts';
import { namedSeries } from './named-series.ts';

/** How much of a record's data belongs to a series, and the rest without it. */
export type CutRecord =
  | { readonly holds: 'nothing' }
  | { readonly holds: 'only it' }
  /** The rest, byte for byte, and the positions that it had in the record, in its order. */
  | { readonly holds: 'others too'; readonly rest: Uint8Array; readonly positions: readonly number[] }
  /** The series is in it, and cannot be cut out. */
  | { readonly holds: 'it, inseparably' };

/** Pieces of a text by their positions, and how those that stay make a text again; `undefined` if they cannot. */
interface Pieces {
  readonly pieces: readonly string[];
  readonly joined: ((kept: readonly string[]) => string) | undefined;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Cuts a series out of the data of a record, which may be in gzip or aggregated. The rest of an aggregated record cannot be kept. */
export function cutRecord(
  data: Uint8Array,
  partitionKey: string,
  seriesId: string,
  reading: EventReading,
): CutRecord {
  if (!isAggregated(data)) return cutData(data, partitionKey, seriesId, reading);
  const apart = deaggregate(data);
  if (!apart.ok) return ofKey(partitionKey, seriesId);
  const found = apart.records.map((one) => cutData(one.data, one.partitionKey, seriesId, reading).holds);
  if (found.every((holds) => holds === 'nothing')) return { holds: 'nothing' };
  return { holds: found.every((holds) => holds === 'only it') ? 'only it' : 'it, inseparably' };
}

function cutData(data: Uint8Array, partitionKey: string, seriesId: string, reading: EventReading): CutRecord {
  const text = textOf(data);
  if (text === undefined) return ofKey(partitionKey, seriesId);
  const { pieces, joined } = piecesOf(text);
  const kept: string[] = [];
  const positions: number[] = [];
  let [own, others] = [0, 0];
  for (const [position, piece] of pieces.entries()) {
    const names = piece.trim() === '' ? [] : namedSeries(piece, partitionKey, reading);
    const ours = names.filter((name) => name === seriesId).length;
    if (ours > 0 && ours < names.length) return { holds: 'it, inseparably' };
    own += ours;
    if (ours > 0) continue;
    others += names.length;
    kept.push(piece);
    positions.push(position);
  }
  if (own === 0) return { holds: 'nothing' };
  if (others === 0) return { holds: 'only it' };
  if (joined === undefined) return { holds: 'it, inseparably' };
  return { holds: 'others too', rest: Buffer.from(joined(kept)), positions };
}

/** As the recorder reads a text: one value, an array, an event a line, or joined events. */
function piecesOf(text: string): Pieces {
  const trimmed = text.trim();
  const value = parsed(trimmed);
  if (Array.isArray(value)) {
    const parts = [...splitObjects(trimmed)];
    const pieces = parts.filter((part) => part.startsWith('{'));
    const isCut = pieces.length === value.length && pieces.every((piece) => parsed(piece) !== undefined);
    return isCut
      ? { pieces, joined: (kept) => `[${kept.join(',')}]` }
      : { pieces: value.map((one) => JSON.stringify(one)), joined: undefined };
  }
  const logEvents = logEventsIn(value);
  if (logEvents !== undefined)
    return { pieces: logEvents.map((one) => JSON.stringify(one)), joined: undefined };
  if (value !== undefined) return { pieces: [trimmed], joined: undefined };
  if (trimmed.includes('\n')) return { pieces: text.split('\n'), joined: (kept) => kept.join('\n') };
  return { pieces: [...splitObjects(trimmed)], joined: (kept) => kept.join('') };
}

function textOf(data: Uint8Array): string | undefined {
  const unpacked = isGzip(data)
    ? gzipUnpacker(processingLimits.unpackedBytes)(data)
    : { ok: true as const, data };
  if (!unpacked.ok) return undefined;
  try {
    return utf8.decode(unpacked.data);
  } catch {
    return undefined;
  }
}

/** Of what cannot be read at all. */
function ofKey(partitionKey: string, seriesId: string): CutRecord {
  return { holds: partitionKey === seriesId ? 'only it' : 'nothing' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
