import { Readable } from 'node:stream';
import { S3Client } from '@aws-sdk/client-s3';
import { HttpResponse } from '@smithy/core/protocols';
import { describe, expect, test } from 'vitest';
import { forgetSeries, heldOfSeries } from '../../../cli/forget/forget-series.ts';
import { quarantinedSeries } from '../../../cli/forget/quarantined-series.ts';
import { forgottenText } from '../../../cli/forget/view.ts';
import { keptObjects } from '../../../cli/quarantine/bucket.ts';
import { quarantineLimits } from '../../../cli/quarantine/quarantine-limits.ts';
import { eventReading } from '../../../lambda/record/event-reading.ts';
import { sink } from '../in-process.ts';

const key = 'quarantine/s/1.json';
const record = JSON.stringify({
  shardId: 's',
  sequenceNumber: '1',
  partitionKey: 'a',
  arrivedAt: '2026-01-01T00:00:00.000Z',
  data: '',
  problemCount: 0,
  problems: [],
});

/** A bucket with one object, which says that it has so many bytes. */
function bucketOf(bytes: number) {
  const asked: string[] = [];
  let [isRead, isDestroyed] = [false, false];
  const body = () =>
    new Readable({
      read() {
        isRead = true;
        this.push(record);
        this.push(null);
      },
      destroy(error, done) {
        isDestroyed ||= !isRead;
        done(error);
      },
      highWaterMark: 0,
    });
  const listed = `<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>${key}</Key></Contents></ListBucketResult>`;
  const client = new S3Client({
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: {
      async handle({ method, query }: { method: string; query: Record<string, string> }) {
        asked.push(method);
        const isList = query['list-type'] !== undefined;
        const list = query.prefix === 'quarantine/' ? listed : '<ListBucketResult/>';
        return {
          response: new HttpResponse({
            statusCode: 200,
            headers: isList ? {} : { 'content-length': String(bytes) },
            body: isList ? Readable.from([Buffer.from(list)]) : body(),
          }),
        };
      },
    },
  });
  return { client, asked, fate: () => ({ isRead, isDestroyed }) };
}

const largest = quarantineLimits.objectBytes;

describe.each([
  ['as large as it may be', largest, false],
  ['one byte larger', largest + 1, true],
  ['much larger', 1000 * largest, true],
])('an object %s', (_, bytes, isTooLarge) => {
  test(isTooLarge ? 'is not read, neither deleted, and told' : 'is read', async () => {
    const bucket = bucketOf(bytes);
    const store = quarantinedSeries(bucket.client, 'b', 'a', eventReading(), new AbortController().signal);
    const left = await store.delete(() => {});
    expect(left).toEqual(isTooLarge ? [{ key, why: 'too large' }] : []);
    expect(bucket.fate()).toEqual({ isRead: !isTooLarge, isDestroyed: isTooLarge });
    expect(bucket.asked.includes('DELETE')).toBe(false);
  });

  test('is so for the other commands, too', async () => {
    const bucket = bucketOf(bytes);
    const found = await keptObjects(bucket.client, 'b').read(key);
    expect(found).toMatchObject(
      isTooLarge ? { problem: `it has ${bytes} bytes` } : { kept: { kind: 'record' } },
    );
    expect(bucket.fate()).toEqual({ isRead: !isTooLarge, isDestroyed: isTooLarge });
  });
});

test('an object that is too large may hold any series: it is not counted, and named at the end', async () => {
  const { client } = bucketOf(largest + 1);
  const stores = [quarantinedSeries(client, 'b', 'a', eventReading(), new AbortController().signal)];
  const held = await heldOfSeries(stores);
  expect(held).toEqual({ 'quarantined objects': 0 });
  const forgotten = await forgetSeries('a', stores, held, { error: sink().stream });
  expect(forgotten).toEqual({ deleted: { 'quarantined objects': 0 }, inseparable: [], tooLarge: [key] });
  expect(forgottenText('a', forgotten)).toContain(
    `These objects of the quarantine may hold it, and are too large to be read. They go after 90 days:\n  ${key}\n`,
  );
});
