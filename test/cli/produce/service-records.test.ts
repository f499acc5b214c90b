import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordWriter, refuseArrival } from '../../../cli/produce/service-records.ts';
import { toStreamEntry } from '../../../cli/produce/stream-entry.ts';
import { defaultRecordSettings, recordSettingsOf } from '../../../cli/record-flags.ts';
import { decodeRecord } from '../../../lambda/record/decode-record.ts';
import { eventReading } from '../../../lambda/record/event-reading.ts';
import type { RecordSettings } from '../../../lambda/record-settings.ts';

const step = fc.constantFrom('a', 'b', 'device', 'payload', '__proto__', 'temp', 'temp 1', 'x/y', 'event');
const path = fc.array(step, { minLength: 1, maxLength: 10 }).map((steps) => steps.join('.'));
const pattern = fc
  .tuple(fc.constantFrom('', 'a', 'payload.', 'temp', 'x/'), fc.constantFrom('*', '?*', '*p', '*1'))
  .map(([start, end]) => `${start}${end}`);

/** Settings that a service accepts. */
const settings: fc.Arbitrary<RecordSettings> = fc
  .record({
    seriesIdField: fc.oneof(path, fc.constant('partitionKey'), fc.constant('seriesId')),
    timestampField: fc.oneof(path, fc.constant('timestamp')),
    valueField: fc.oneof(path, pattern, fc.constant('value')),
    timestampUnit: fc.constantFrom('auto', 's', 'ms', 'us', 'ns'),
    numbersAsText: fc.boolean(),
  })
  .filter((given) => isAccepted(given));

function isAccepted({ numbersAsText, ...texts }: RecordSettings): boolean {
  try {
    recordSettingsOf({ ...texts, ...(numbersAsText && { numbersAsText }) });
    return true;
  } catch {
    return false;
  }
}

const reading = fc.record(
  {
    seriesId: fc.oneof(
      fc.constantFrom('d1', 'boiler/7', 'd1/temp', 'd1/a.b', 'd1/.', 'd1/payload.temp', '/x', 'd1/eventId.x'),
      fc.tuple(path, path).map(([id, field]) => `${id}/${field}`),
    ),
    timestamp: fc.constantFrom('1871-01-01T00:00:00Z', '2026-01-31T12:00:00.123456789Z'),
    value: fc.constantFrom(0, -1.5, 1e100, 20.3),
    eventId: fc.constantFrom('then-000002', '7'),
  },
  { requiredKeys: ['seriesId', 'timestamp', 'value'] },
);

/** What a service makes of a record. */
function decoded(given: RecordSettings, event: Parameters<typeof toStreamEntry>[0]) {
  const { PartitionKey: partitionKey, Data: data } = toStreamEntry(event);
  const rules = { reading: eventReading(given), maxFutureSkewMs: 300_000 };
  const record = { sequenceNumber: '1', arrivedAt: Date.UTC(2026, 1), partitionKey, data };
  return decodeRecord(record, rules);
}

test('a service has the readings that are written for its settings, under the names that they are said to have', () => {
  let written = 0;
  fc.assert(
    fc.property(settings, reading, fc.constantFrom('temp', 'payload.temp', 'a'), (given, one, column) => {
      const writer = recordWriter(given);
      const seriesId = writer.nameOf(one.seriesId, column);
      const plain = recordWriter(defaultRecordSettings).write({ ...one, seriesId });
      let record: ReturnType<typeof writer.write>;
      try {
        record = writer.write({ ...one, seriesId });
      } catch (error) {
        expect(String(error)).toMatch(/makes a series of each field/);
        return;
      }
      written++;
      const [entry, ...others] = decoded(given, record);
      const [expected] = decoded(defaultRecordSettings, plain);
      expect(others).toEqual([]);
      expect(entry).toMatchObject({ ok: true });
      if (entry?.ok !== true || expected?.ok !== true) return;
      expect(entry.event).toEqual(expected.event);
    }),
    { numRuns: 3_000 },
  );
  expect(written).toBeGreaterThan(1_500);
});

const written = (given: Partial<RecordSettings>, seriesId: string) => {
  const { PartitionKey, Data } = toStreamEntry(
    recordWriter({ ...defaultRecordSettings, ...given }).write({ seriesId, timestamp: 't', value: 1 }),
  );
  return [PartitionKey, Buffer.from(Data).toString()];
};

test.each<[Partial<RecordSettings>, string, readonly string[]]>([
  [{}, 'd1', ['d1', '{"seriesId":"d1","timestamp":"t","value":1}']],
  [
    { seriesIdField: 'device.id', timestampField: 'device.ts', valueField: 'payload.temp' },
    'd1',
    ['d1', '{"device":{"id":"d1","ts":"t"},"payload":{"temp":1}}'],
  ],
  [{ seriesIdField: 'partitionKey', valueField: 'temp*' }, 'd1/temp2', ['d1', '{"timestamp":"t","temp2":1}']],
  [{ timestampField: 'arrival' }, 'd1', ['d1', '{"seriesId":"d1","value":1}']],
])('for %j a reading of %s is %j', (given, seriesId, expected) => {
  expect(written(given, seriesId)).toEqual(expected);
});

describe('a series that no column names a field of', () => {
  const { nameOf, field } = recordWriter({ ...defaultRecordSettings, valueField: 'temp*' });
  test.each([
    ['boiler', 'temp_in', 'boiler/temp_in'],
    ['boiler/temp', 'value', 'boiler/temp'],
    ['boiler/temp', 'temp', 'boiler/temp/temp'],
    ['boiler/temp', undefined, 'boiler/temp'],
    ['boiler', 'value', 'boiler'],
    ['generated', field, 'generated/temp'],
    ['boiler', 'temp (°C/h)', 'boiler/temp (°C~1h)'],
  ])('%s with the column %s is %s', (series, column, expected) => {
    expect(nameOf(series, column)).toBe(expected);
  });
});

describe('refused is', () => {
  test('a service that reads several fields of each record', () => {
    expect(() => written({ valueField: 'temperature,humidity' }, 'd1')).toThrow(
      'a record must have all of the fields that the service reads (valueField=temperature,humidity), and here each reading is a record of its own; let the service read one field, or one pattern such as temperature*',
    );
  });
  test('a service that has something else in eventId', () => {
    expect(() => written({ seriesIdField: 'eventId' }, 'd1')).toThrow(
      "readings have their ids in 'eventId', and the service reads 'eventId' for something else",
    );
  });
  test('a series whose field no pattern has', () => {
    expect(() => written({ valueField: 'temp*' }, 'd1/hum')).toThrow(
      "a series is named <series>/<field> with such a field; got 'd1/hum'",
    );
  });
  test('a name that is no key', () => {
    expect(() => written({ seriesIdField: 'partitionKey' }, 'x'.repeat(257))).toThrow(
      'a key has at most 256 characters; got a series of 257',
    );
  });
  test('the time of arrival', () => {
    expect(() =>
      refuseArrival({ ...defaultRecordSettings, timestampField: 'arrival' }, 'the times of a file'),
    ).toThrow(
      'the service takes the time at which a record arrives for its time (timestampField=arrival), so the times of a file would be lost; let the service read the time from a field',
    );
  });
});
