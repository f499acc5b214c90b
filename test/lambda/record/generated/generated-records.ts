import { deepStrictEqual, ok } from 'node:assert';
import fc from 'fast-check';
import { eventKey, timeOfEventKey } from '../../../../lambda/event.ts';
import { decodeRecord } from '../../../../lambda/record/decode-record.ts';
import type { Entry } from '../../../../lambda/record/entry.ts';
import { eventReading } from '../../../../lambda/record/event-reading.ts';
import { reasons } from '../../../../lambda/record/reasons.ts';
import type { RecordSettings } from '../../../../lambda/record-settings.ts';
import { envelopes, timeFormNames, writtenTimes } from './record-forms.ts';

const arrivedAt = Date.UTC(2026);
const decode = (data: Uint8Array, settings: Partial<RecordSettings>) =>
  decodeRecord(
    { sequenceNumber: '49', partitionKey: 'key', arrivedAt, data },
    { reading: eventReading(settings), maxFutureSkewMs: 0 },
  );

/** An event as a line: its series, its time and its value. */
function eventLine(seriesId: string, iso: string, value: number): string {
  return `${seriesId} ${iso.replace('.000Z', 'Z')} ${value}`;
}

function linesOf(entries: readonly Entry[]): readonly string[] {
  return entries.map((entry) =>
    entry.ok
      ? eventLine(entry.event.seriesId, timeOfEventKey(eventKey(entry.event)), entry.event.value)
      : entry.reason,
  );
}

const arrival = new Date(arrivedAt).toISOString();
const number = fc.integer({ min: -1e9, max: 1e9 }).map((thousandths) => thousandths / 1000);
/** What is wrong with an object, and the reason that it has. */
const faults = {
  none: [],
  'a value that is text': ['bad-value', { temp: 'hot', hum: 'wet', value: 'hot' }],
  'an id that is a list': ['bad-series-id', { seriesId: [], device: { id: [] } }],
  'a clock that was not set': ['implausible-timestamp', { timestamp: 17, meta: { at: 17 } }],
  'a local time': [
    'bad-timestamp',
    { timestamp: '2025-01-01T00:00:00', meta: { at: '2025-01-01T00:00:00' } },
  ],
} as const;

/** Records in every form, with the settings by which they are read. */
export const generatedRecords = fc
  .record({
    settings: fc.record({
      seriesIdField: fc.constantFrom('seriesId', 'device.id', 'partitionKey'),
      timestampField: fc.constantFrom('timestamp', 'meta.at', 'arrival'),
      valueField: fc.constantFrom('value', 'temp', 'temp,hum', 'te*', 't?mp,hum', 'inner.*'),
      numbersAsText: fc.boolean(),
    }),
    envelope: fc.constantFrom(...Object.keys(envelopes)),
    timeForm: fc.constantFrom(...timeFormNames),
    isUnitGiven: fc.boolean(),
  })
  .chain((kind) =>
    fc.record({
      kind: fc.constant(kind),
      readings: fc.array(
        fc.record({
          id: fc.oneof(fc.string({ minLength: 1, maxLength: 9 }), fc.maxSafeInteger()),
          time: writtenTimes(kind.timeForm),
          temp: number,
          hum: number,
          fault: fc.constantFrom('none', 'none', 'none', ...Object.keys(faults)) as fc.Arbitrary<
            keyof typeof faults
          >,
        }),
        { minLength: 2, maxLength: 4 },
      ),
    }),
  );

type GeneratedRecord = typeof generatedRecords extends fc.Arbitrary<infer One> ? One : never;

/**
 * Checks one generated record: by its own settings it gives its events, by other ones these events or reasons, and with faults in some of its
 * objects the events of the others.
 *
 * @param seen - counts what other settings gave: 'event', or a reason
 * @throws AssertionError if it is otherwise
 */
export function checkRecord({ kind, readings }: GeneratedRecord, seen: Map<string, number>): void {
  const { seriesIdField, timestampField, valueField, numbersAsText } = kind.settings;
  const hasTime = timestampField !== 'arrival';
  const [first] = readings;
  const timestampUnit = kind.isUnitGiven && hasTime ? (first?.time.unit ?? 'auto') : 'auto';
  const right = { ...kind.settings, timestampUnit };
  const written = (value: number) => (numbersAsText ? String(value) : value);
  const objects = readings.map(({ id, time, temp, hum }) => ({
    ...(seriesIdField === 'seriesId' && { seriesId: id }),
    ...(seriesIdField === 'device.id' && { device: { id } }),
    ...(timestampField === 'timestamp' && { timestamp: time.written }),
    ...(timestampField === 'meta.at' && { meta: { at: time.written } }),
    ...(valueField === 'value' ? { value: written(temp) } : { temp: written(temp) }),
    ...(valueField.endsWith('hum') && { hum: written(hum) }),
    ...(valueField === 'inner.*' && { inner: { temp: written(temp) } }),
  }));
  const expected = readings.map(({ id, time, temp, hum }) => {
    const series = seriesIdField === 'partitionKey' ? 'key' : String(id);
    const iso = hasTime ? time.iso : arrival;
    const named = (name: string, value: number) => eventLine(`${series}/${name}`, iso, value);
    if (valueField === 'value' || valueField === 'temp') return [eventLine(series, iso, temp)];
    if (valueField === 'inner.*') return [named('inner.temp', temp)];
    return valueField === 'te*' ? [named('temp', temp)] : [named('temp', temp), named('hum', hum)];
  });

  const pack = envelopes[kind.envelope] ?? (() => Buffer.of());
  const whole = pack(objects);
  const all = expected.flat();
  deepStrictEqual(linesOf(decode(whole, right)), all);

  // By other settings nothing else comes out: each entry is one of these events, or has a reason.
  for (const other of [{}, { ...right, timestampUnit: 'ms' as const }, { ...right, numbersAsText: false }]) {
    for (const line of linesOf(
      decode(whole, timestampField === 'arrival' ? { ...other, timestampUnit: 'auto' } : other),
    )) {
      const outcome = all.includes(line) ? 'event' : line;
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      ok(all.includes(line) || reasons.some((reason) => reason === line), line);
    }
  }

  // A fault in one object takes nothing from the others.
  const faulty = objects.map((object, at) => {
    const [, fault] = faults[readings[at]?.fault ?? 'none'];
    const fields = Object.entries(fault ?? {}).filter(([name]) => name in object);
    const withInner =
      'inner' in object && fault !== undefined && 'temp' in fault ? { inner: { temp: 'hot' } } : {};
    return {
      object: { ...object, ...Object.fromEntries(fields), ...withInner },
      isFaulty: fields.length > 0,
    };
  });
  const lines = faulty.flatMap(({ isFaulty }, at) => {
    const events = expected[at] ?? [];
    const [reason] = faults[readings[at]?.fault ?? 'none'];
    if (!isFaulty || reason === undefined) return events;
    // Text is wrong in each value, the rest in the object.
    return reason === 'bad-value' ? events.map(() => reason) : [reason];
  });
  deepStrictEqual(linesOf(decode(pack(faulty.map(({ object }) => object)), right)), lines);
}
