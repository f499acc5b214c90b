import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { decodeRecord } from '../../../lambda/record/decode-record.ts';
import { eventReading } from '../../../lambda/record/event-reading.ts';

test('no record fills the memory of the function, however small it is in gzip', async () => {
  const args = ['--max-old-space-size=300', '--import', 'tsx', 'test/lambda/record/decode-packed.ts'];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(stdout.trim().split('\n')).toEqual([
    'log events: too-large',
    'deep lists: too-large',
    'lists that do not end: too-large',
    'deep lists in a message: missing-field',
    'deep lists behind a quote: missing-field',
    'as many objects as may be: too-many-entries',
    'as many shapes as may be: too-many-entries',
    'as many fields as may be: missing-field',
    'objects that are none: not-json',
    'lines of objects that are none: missing-field',
  ]);
}, 60_000);

test('a record of millions of texts that only look like objects is soon given up', () => {
  const parse = vi.spyOn(JSON, 'parse');
  onTestFinished(() => parse.mockRestore());
  const { unpackedBytes, entriesPerRecord } = processingLimits;
  for (const text of ['{a}', '{a}\n', '{a}{a}\n', `${'{a}'.repeat(999)}\n`]) {
    parse.mockClear();
    const data = gzipSync(text.repeat(unpackedBytes / text.length));
    const record = { sequenceNumber: '1', partitionKey: 'p', arrivedAt: 0, data };
    decodeRecord(record, { reading: eventReading(), maxFutureSkewMs: 0 });
    expect(parse.mock.calls.length).toBeLessThan(3 * entriesPerRecord);
  }
});
