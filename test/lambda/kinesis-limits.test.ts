import { expect, test } from 'vitest';
import { putLimits } from '../../cli/produce/put-limits.ts';
import { quarantineLimits } from '../../cli/quarantine/quarantine-limits.ts';
import { kinesisLimits } from '../../lambda/kinesis-limits.ts';

const mebibyte = 1024 * 1024;

// https://docs.aws.amazon.com/streams/latest/dev/large-records.html: "supports records up to 10 mebibytes", "the default
// maximum record size for existing, and newly created streams is set to 1 MiB".
test('a record has at most 1 MiB, or 10 MiB in a stream that is set so', () => {
  expect(kinesisLimits.defaultRecordBytes).toBe(mebibyte);
  expect(kinesisLimits.largestRecordBytes).toBe(10 * mebibyte);
});

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html
test('one PutRecords holds at most 500 records and 10 MiB', () => {
  expect(kinesisLimits.requestRecords).toBe(500);
  expect(kinesisLimits.requestBytes).toBe(10 * mebibyte);
  expect(putLimits.callBytes).toBeLessThanOrEqual(kinesisLimits.requestBytes);
});

test('a quarantined record of any stream is small enough to be read: base64 within JSON', () => {
  const base64Bytes = 4 * Math.ceil(kinesisLimits.largestRecordBytes / 3);
  expect(quarantineLimits.objectBytes).toBeGreaterThan(2 * base64Bytes);
});
