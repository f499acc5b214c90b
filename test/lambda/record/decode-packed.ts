import { gzipSync } from 'node:zlib';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { decodeRecord } from '../../../lambda/record/decode-record.ts';
import { eventReading } from '../../../lambda/record/event-reading.ts';

/** Decodes small records in gzip that are as large as may be when unpacked, and prints the reasons: a process of its own, with little memory. */

const most = processingLimits.unpackedBytes;
const filled = (before: string, unit: string, after: string) =>
  before + unit.repeat(Math.floor((most - before.length - after.length) / unit.length)) + after;
/** As many as have fewer than a million values. */
const many = (one: (key: string) => string) =>
  Array.from({ length: 490_000 }, (_, index) => one(index.toString(36).padStart(4, '0'))).join(',');

const texts: Readonly<Record<string, () => string>> = {
  'log events': () => filled('{"logGroup":"g","logEvents":[{}', ',{}', ']}'),
  'deep lists': () => '['.repeat(most / 2) + ']'.repeat(most / 2),
  'lists that do not end': () => '['.repeat(most),
  'deep lists in a message': () => filled('{"logGroup":"g","logEvents":[{"message":"{\\"a\\":', '[', '"}]}'),
  'deep lists behind a quote': () => filled('{}\n"\n{"a":', '[', '}'),
  'as many objects as may be': () => `[${many(() => '{}')}${' '.repeat(2 ** 20)}]`,
  'as many shapes as may be': () => `[${many((key) => `{"${key}":1.5}`)}]`,
  'as many fields as may be': () => `{${many((key) => `"${key}":[]`)}}`,
  'objects that are none': () => filled('', '{a}', ''),
  'lines of objects that are none': () => filled('{}\n', `${'{a}'.repeat(999)}\n`, ''),
};

for (const [name, textOf] of Object.entries(texts)) {
  const data = gzipSync(textOf());
  const record = { sequenceNumber: '1', partitionKey: 'p', arrivedAt: 0, data };
  const [entry] = decodeRecord(record, { reading: eventReading(), maxFutureSkewMs: 0 });
  process.stdout.write(`${name}: ${entry?.ok === false ? entry.reason : 'event'}\n`);
}
