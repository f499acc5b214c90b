import { createHash } from 'node:crypto';
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { kinesisLimits } from '../kinesis-limits.ts';

/** One of the user records that the Kinesis Producer Library aggregated into one record of the stream. */
export interface UserRecord {
  readonly partitionKey: string;
  /** The explicit hash key in decimal, if the producer gave one. */
  readonly explicitHashKey?: string;
  readonly data: Uint8Array;
}

export type Deaggregated =
  | { readonly ok: true; readonly records: readonly UserRecord[] }
  | { readonly ok: false; readonly reason: 'bad-kpl-checksum' | 'bad-kpl-frame'; readonly detail: string };

/** No UTF-8 text starts with these bytes: the last one starts a character while the one before is incomplete. */
const magic = Uint8Array.of(0xf3, 0x89, 0x9a, 0xc2);
const checksumBytes = 16;

/** Fields of the messages AggregatedRecord and Record. */
const keyTable = 1;
const hashKeyTable = 2;
const records = 3;
const keyIndex = 1;
const hashKeyIndex = 2;
const recordData = 3;

/** Whether a record starts with the library's magic bytes. */
export function isAggregated(data: Uint8Array): boolean {
  return magic.every((byte, index) => data[index] === byte);
}

/**
 * The user records in an aggregated record, in order. Never throws.
 *
 * Stricter than the library's own readers, which accept a wrong checksum or index of a key: damaged bytes must not become events.
 * Source: "KPL Aggregated Record Format", awslabs/amazon-kinesis-producer, aggregation-format.md.
 */
export function deaggregate(data: Uint8Array): Deaggregated {
  const end = data.length - checksumBytes;
  if (end <= magic.length) return damaged(`${data.length} bytes are too few for a message and its checksum`);
  const message = data.subarray(magic.length, end);
  if (!checksum(message).equals(data.subarray(end))) {
    return {
      ok: false,
      reason: 'bad-kpl-checksum',
      detail: 'the MD5 of the message is not the one at its end',
    };
  }
  try {
    return { ok: true, records: readMessage(message) };
  } catch (error) {
    return damaged(error instanceof Error ? error.message : String(error));
  }
}

function damaged(detail: string): Deaggregated {
  return { ok: false, reason: 'bad-kpl-frame', detail };
}

interface Indexed {
  readonly key?: number;
  readonly hashKey?: number;
  readonly data?: Uint8Array;
}

/**
 * Splits a message into its records.
 *
 * An explicit hash key only chose the shard. Some producers write the text `undefined` in its place, or an index of none; the record
 * is whole all the same.
 *
 * @throws Error if the bytes are not one whole message, or a record has no key or no data
 */
function readMessage(message: Uint8Array): readonly UserRecord[] {
  const keys: string[] = [];
  const hashKeys: string[] = [];
  const indexed: Indexed[] = [];
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === keyTable) keys.push(text(reader, type));
    else if (field === hashKeyTable) hashKeys.push(text(reader, type));
    else if (field === records) indexed.push(readRecord(bytes(reader, type)));
    else reader.skip(type, field);
  }
  return indexed.map(({ key = -1, hashKey, data }, index) => {
    const partitionKey = keys[key];
    const explicitHashKey = hashKey === undefined ? undefined : hashKeys[hashKey];
    if (partitionKey === undefined || data === undefined)
      throw new Error(`record ${index} has no key or no data`);
    if (partitionKey.length < 1 || partitionKey.length > kinesisLimits.partitionKeyCharacters) {
      throw new Error(`record ${index} has a partition key of ${partitionKey.length} characters`);
    }
    const isHashKey = explicitHashKey !== undefined && /^\d{1,39}$/.test(explicitHashKey);
    return isHashKey ? { partitionKey, explicitHashKey, data } : { partitionKey, data };
  });
}

function readRecord(message: Uint8Array): Indexed {
  let record: Indexed = {};
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === keyIndex) record = { ...record, key: integer(reader, type) };
    else if (field === hashKeyIndex) record = { ...record, hashKey: integer(reader, type) };
    else if (field === recordData) record = { ...record, data: bytes(reader, type) };
    else reader.skip(type, field);
  }
  return record;
}

function bytes(reader: BinaryReader, type: WireType): Uint8Array {
  expectType(type, WireType.LengthDelimited);
  return reader.bytes();
}

function text(reader: BinaryReader, type: WireType): string {
  expectType(type, WireType.LengthDelimited);
  return reader.string(true);
}

function integer(reader: BinaryReader, type: WireType): number {
  expectType(type, WireType.Varint);
  return Number(reader.uint64());
}

function expectType(type: WireType, expected: WireType): void {
  if (type !== expected) throw new Error(`wire type ${type} where ${expected} belongs`);
}

/** One record for the stream that holds all of these user records, as the Kinesis Producer Library aggregates them. */
export function aggregateRecords(userRecords: readonly UserRecord[]): Uint8Array {
  const keys = new Map<string, number>();
  const hashKeys = new Map<string, number>();
  const indexIn = (table: Map<string, number>, text: string) => {
    const index = table.get(text) ?? table.size;
    table.set(text, index);
    return index;
  };
  const body = new BinaryWriter();
  for (const { partitionKey, explicitHashKey, data } of userRecords) {
    body.tag(records, WireType.LengthDelimited).fork();
    body.tag(keyIndex, WireType.Varint).uint64(indexIn(keys, partitionKey));
    if (explicitHashKey !== undefined) {
      body.tag(hashKeyIndex, WireType.Varint).uint64(indexIn(hashKeys, explicitHashKey));
    }
    body.tag(recordData, WireType.LengthDelimited).bytes(data).join();
  }
  const tables = new BinaryWriter();
  for (const key of keys.keys()) tables.tag(keyTable, WireType.LengthDelimited).string(key);
  for (const key of hashKeys.keys()) tables.tag(hashKeyTable, WireType.LengthDelimited).string(key);
  const message = Buffer.concat([tables.finish(), body.finish()]);
  return Buffer.concat([magic, message, checksum(message)]);
}

function checksum(message: Uint8Array): Buffer {
  return createHash('md5').update(message).digest();
}
