import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { isoInstant } from '../../../../lambda/reading/instant.ts';
import { aggregateRecords } from '../../../../lambda/record/aggregated-record.ts';

/** A moment as a record has it, and what it stands for. */
interface WrittenTime {
  readonly written: string | number;
  readonly unit: 'auto' | 's' | 'ms' | 'us' | 'ns';
  readonly iso: string;
}

const moment = fc.record({
  seconds: fc.integer({ min: Date.UTC(1990) / 1000, max: Date.UTC(2026) / 1000 - 1 }),
  ns: fc.integer({ min: 0, max: 999_999_999 }),
});

/** The forms of time, each with as many digits as it holds. */
const timeForms: Readonly<Record<string, (seconds: number, nine: string) => WrittenTime>> = {
  'ISO 8601': (seconds, nine) => iso(seconds, nine, `${isoSeconds(seconds)}.${nine}Z`),
  'ISO 8601 with an offset of hours': (seconds, nine) =>
    iso(seconds, nine, `${isoSeconds(seconds)}.${nine}+00`),
  'ISO 8601 without marks': (seconds) => iso(seconds, '', `${isoSeconds(seconds).replaceAll(/[-:]/g, '')}Z`),
  seconds: (seconds) => ({ ...iso(seconds, '', seconds), unit: 's' }),
  'seconds with a fraction, as text': (seconds, nine) => ({
    ...iso(seconds, nine, `${seconds}.${nine}`),
    unit: 's',
  }),
  milliseconds: (seconds, nine) => epoch(seconds, nine.slice(0, 3), 'ms'),
  microseconds: (seconds, nine) => epoch(seconds, nine.slice(0, 6), 'us'),
  'nanoseconds as text': (seconds, nine) => ({ ...iso(seconds, nine, `${seconds}${nine}`), unit: 'ns' }),
};

function isoSeconds(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19);
}

function iso(seconds: number, fraction: string, written: string | number): WrittenTime {
  const nine = fraction.padEnd(9, '0');
  const instant = { ms: seconds * 1000 + Number(nine.slice(0, 3)), ns: Number(nine.slice(3)) };
  return { written, unit: 'auto', iso: isoInstant(instant) };
}

function epoch(seconds: number, fraction: string, unit: WrittenTime['unit']): WrittenTime {
  return { ...iso(seconds, fraction, Number(`${seconds}${fraction}`)), unit };
}

/** A time in one of the forms. */
export const writtenTimes = (form: string) =>
  moment.map(({ seconds, ns }) => timeForms[form]?.(seconds, String(ns).padStart(9, '0')) ?? iso(0, '', ''));

export const timeFormNames = Object.keys(timeForms);

/** The forms in which a record holds JSON objects. */
export const envelopes: Readonly<Record<string, (objects: readonly object[]) => Uint8Array>> = {
  'an array': (objects) => Buffer.from(JSON.stringify(objects)),
  lines: (objects) => Buffer.from(objects.map((one) => JSON.stringify(one)).join('\n')),
  'lines with blanks': (objects) =>
    Buffer.from(`${objects.map((one) => JSON.stringify(one)).join('\r\n\n')}\n`),
  joined: (objects) => Buffer.from(objects.map((one) => JSON.stringify(one)).join('')),
  'joined over lines': (objects) => Buffer.from(objects.map((one) => JSON.stringify(one, null, 1)).join('')),
  gzip: (objects) => gzipSync(Buffer.from(JSON.stringify(objects))),
  aggregated: (objects) => together(objects, (one) => Buffer.from(one)),
  'aggregated, each in gzip': (objects) => together(objects, gzipSync),
};

function together(objects: readonly object[], pack: (json: string) => Uint8Array): Uint8Array {
  return aggregateRecords(
    objects.map((one) => ({
      partitionKey: 'key',
      explicitHashKey: 'undefined',
      data: pack(JSON.stringify(one)),
    })),
  );
}
