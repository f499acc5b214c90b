import { processingLimits } from '../processing-limits.ts';
import { deaggregate, isAggregated } from './aggregated-record.ts';
import type { ArrivedRecord } from './arrived-record.ts';
import { decodeText } from './decode-text.ts';
import type { Entry } from './entry.ts';
import type { EventReading } from './event-reading.ts';
import type { ParseRules } from './parse-events.ts';
import { refused } from './reasons.ts';
import { gzipUnpacker, isGzip, type Unpacked } from './unpack-gzip.ts';

export interface DecodeRules {
  readonly reading: EventReading;
  /** How far a timestamp may lie after the arrival of its record. */
  readonly maxFutureSkewMs: number;
}

/**
 * The entries of one record: one event, an array of events, one event a line, or events joined, all in JSON; or several such user records that
 * the Kinesis Producer Library aggregated. Each may be in gzip.
 *
 * A record that cannot be read at all is one bad entry at position 0. A bad line among good ones is one bad entry. There is
 * always at least one entry, so that no record vanishes. Never throws.
 */
export function decodeRecord(record: ArrivedRecord, rules: DecodeRules): readonly Entry[] {
  const { partitionKey, arrivedAt, data } = record;
  const parseRules: ParseRules = {
    reading: rules.reading,
    latestTimestamp: arrivedAt + rules.maxFutureSkewMs,
    partitionKey,
    arrivedAt,
    nextId: idsOf(record),
  };
  const unpack = gzipUnpacker(processingLimits.unpackedBytes);
  const decode = isAggregated(data) ? decodeAggregated : decodeData;
  const entries = decode(data, parseRules, unpack);
  if (entries.length <= processingLimits.entriesPerRecord) return entries;
  const detail = `the record has more than ${processingLimits.entriesPerRecord} entries`;
  return [{ position: 0, ...refused('too-many-entries', detail) }];
}

type Unpack = (data: Uint8Array) => Unpacked;

const placeDigits = String(processingLimits.entriesPerRecord).length;

/** Ids that are the same whenever the record is read, and sort in the order of its entries. */
function idsOf({ sequenceNumber }: ArrivedRecord): () => string {
  let taken = 0;
  return () => `${sequenceNumber}.${String(taken++).padStart(placeDigits, '0')}`;
}

/** @returns not many entries more than a record may have */
function decodeAggregated(data: Uint8Array, rules: ParseRules, unpack: Unpack): readonly Entry[] {
  const apart = deaggregate(data);
  if (!apart.ok) return [{ position: 0, ...apart }];
  const entries: Entry[] = [];
  for (const [index, { data: userData, ...keys }] of apart.records.entries()) {
    const own = { ...rules, partitionKey: keys.partitionKey };
    const userRecord = { index, ...keys };
    for (const entry of decodeData(userData, own, unpack)) entries.push({ ...entry, userRecord });
    if (entries.length > processingLimits.entriesPerRecord) return entries;
  }
  if (entries.length > 0) return entries;
  return [{ position: 0, ...refused('empty', 'the aggregated record has no record') }];
}

function decodeData(data: Uint8Array, rules: ParseRules, unpack: Unpack): readonly Entry[] {
  if (!isGzip(data)) return decodeText(data, rules);
  const unpacked = unpack(data);
  return unpacked.ok ? decodeText(unpacked.data, rules) : [{ position: 0, ...unpacked }];
}
