import { processingLimits } from '../../lambda/processing-limits.ts';
import { deaggregate, isAggregated } from '../../lambda/record/aggregated-record.ts';
import type { EventReading } from '../../lambda/record/event-reading.ts';
import { gzipUnpacker, isGzip } from '../../lambda/record/unpack-gzip.ts';
import { namedSeries } from './named-series.ts';
import { type Piece, piecesOf } from './record-pieces.ts';

/** How much of a record's data belongs to a series, and the rest without it. */
export type CutRecord =
  | { readonly holds: 'nothing' }
  | { readonly holds: 'only it' }
  /** The rest, each object byte for byte, and the positions that it had in the record, in its order. */
  | { readonly holds: 'others too'; readonly rest: Uint8Array; readonly positions: readonly number[] }
  /** The series is in it, and cannot be cut out. */
  | { readonly holds: 'it, inseparably' };

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
  const kept: Piece[] = [];
  let [own, others] = [0, 0];
  for (const piece of pieces) {
    const names = namedSeries(piece.text.trim(), partitionKey, reading);
    const ours = names.filter((name) => name === seriesId).length;
    if (ours > 0 && ours < names.length) return { holds: 'it, inseparably' };
    own += ours;
    others += names.length - ours;
    // A blank piece goes too: one object that is left alone is then the first of the rest.
    if (names.length > ours) kept.push(piece);
  }
  if (own === 0) return { holds: 'nothing' };
  if (others === 0) return { holds: 'only it' };
  const rest = joined?.(kept.map(({ text }) => text));
  if (rest === undefined) return { holds: 'it, inseparably' };
  const positions = kept.flatMap((piece) => piece.positions);
  return { holds: 'others too', rest: Buffer.from(rest), positions };
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
