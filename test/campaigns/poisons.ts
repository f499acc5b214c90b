import { gzipSync } from 'node:zlib';
import { aggregateRecords } from '../../lambda/record/aggregated-record.ts';
import type { Reason } from '../../lambda/record/reasons.ts';

/** A record with an entry that cannot become an event. */
export interface Poison {
  readonly name: string;
  readonly reason: Reason;
  readonly data: Uint8Array;
  /** The corrected record. Absent if the same record is accepted later. */
  readonly mended?: Uint8Array;
  /** Values of its events that are stored at once. */
  readonly healthy: readonly number[];
  /** Values of the events of the corrected record. */
  readonly recovered: readonly number[];
}

/** One bad record of each kind, with events of the given series. */
export function poisonsOf(seriesId: string): readonly Poison[] {
  const event = (value: unknown, fields: object = {}) =>
    JSON.stringify({ seriesId, timestamp: '2023-01-01T00:00:00Z', value, ...fields });
  const text = (data: string): Uint8Array => Buffer.from(data);
  const together = (...data: string[]) =>
    aggregateRecords(data.map((each) => ({ partitionKey: seriesId, data: Buffer.from(each) })));
  const one = { mended: text(event(1)), healthy: [], recovered: [1] };
  const damaged = Buffer.from(together(event(1), event(2)));
  damaged.writeUInt8(damaged.readUInt8(30) ^ 1, 30);
  return [
    { name: 'nothing', reason: 'empty', data: text(''), ...one },
    { name: 'bytes', reason: 'not-utf8', data: Uint8Array.of(0xff, 0, 0x80), ...one },
    { name: 'half an event', reason: 'not-json', data: text(event(1).slice(0, 20)), ...one },
    { name: 'a number', reason: 'not-an-object', data: text('42'), ...one },
    { name: 'no value', reason: 'missing-field', data: text(event(undefined)), ...one },
    { name: 'a list for a name', reason: 'bad-series-id', data: text(event(1, { seriesId: [7] })), ...one },
    {
      name: 'no such day',
      reason: 'bad-timestamp',
      data: text(event(1, { timestamp: '2023-02-30' })),
      ...one,
    },
    {
      name: 'a clock that was not set',
      reason: 'implausible-timestamp',
      data: text(event(1, { timestamp: 17 })),
      ...one,
    },
    {
      name: 'half of what was in gzip',
      reason: 'bad-gzip',
      data: gzipSync(event(1)).subarray(0, 20),
      ...one,
    },
    { name: 'text for a value', reason: 'bad-value', data: text(event('1')), ...one },
    { name: 'a subnormal', reason: 'value-out-of-range', data: text(event(5e-324)), ...one },
    { name: 'an empty id', reason: 'bad-event-id', data: text(event(1, { eventId: '' })), ...one },
    {
      // The batches arrive in November 2023; the replay is later.
      name: 'an event before its time',
      reason: 'future-timestamp',
      data: text(event(1, { timestamp: '2024-01-01T00:00:00Z' })),
      healthy: [],
      recovered: [1],
    },
    {
      name: 'a bad line among good ones',
      reason: 'not-json',
      data: text(`${event(1)}\n?\n${event(3)}`),
      mended: text(`${event(1)}\n${event(2)}\n${event(3)}`),
      healthy: [1, 3],
      recovered: [1, 2, 3],
    },
    {
      name: 'a bad record in an aggregated one',
      reason: 'bad-value',
      data: together(event(1), event(null), event(3)),
      mended: together(event(1), event(2), event(3)),
      healthy: [1, 3],
      recovered: [1, 2, 3],
    },
    {
      name: 'a damaged aggregated record',
      reason: 'bad-kpl-checksum',
      data: damaged,
      mended: together(event(1), event(2)),
      healthy: [],
      recovered: [1, 2],
    },
    {
      name: 'an aggregated record that ends too soon',
      reason: 'bad-kpl-frame',
      data: together(event(1)).slice(0, 12),
      mended: together(event(1)),
      healthy: [],
      recovered: [1],
    },
  ];
}
