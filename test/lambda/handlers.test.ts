import { type AttributeValue, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { detectorHandler } from '../../lambda/detector/detector.ts';
import type { ReportEntry } from '../../lambda/function-report.ts';
import { sweeperHandler } from '../../lambda/notify/sweeper.ts';
import { processingLimits } from '../../lambda/processing-limits.ts';
import { recorderHandler } from '../../lambda/recorder/recorder.ts';
import { waveClosedBy } from '../../lambda/tables/wave.ts';
import { names } from '../../local/resources.ts';
import { countEvents, readChangePoints } from '../../local/stored.ts';
import { useBackend } from '../use/backend.ts';
import { kinesisRecord } from './kinesis-record.ts';

const backend = useBackend();

const readings = (seriesId: string) =>
  Array.from({ length: 40 }, (_, index) =>
    JSON.stringify({
      seriesId,
      timestamp: Date.UTC(2020) + index,
      value: (index < 20 ? 0 : 9) + (index % 3),
    }),
  );

describe('the recorder answers with the first record that it could not store', () => {
  const records = [
    kinesisRecord('1', '?'),
    ...readings('a').map((data, i) => kinesisRecord(`${i + 2}`, data)),
  ];

  test('none if all is stored or set aside', async () => {
    const reported: ReportEntry[] = [];
    const handler = recorderHandler(backend.environment, (entry) => reported.push(entry));
    expect(await handler({ Records: records })).toEqual({ batchItemFailures: [] });
    expect(await countEvents(backend.clients)).toBe(40);
    expect(reported).toEqual([
      {
        step: 'recorder',
        records: 41,
        recorded: 40,
        merged: 0,
        waves: 1,
        quarantined: 1,
        reasons: { 'not-json': 1 },
      },
    ]);
  });

  test('if the table is gone', async () => {
    const reported: ReportEntry[] = [];
    const environment = { ...backend.environment, EVENTS_TABLE: 'no-such-table' };
    const handler = recorderHandler(environment, (entry) => reported.push(entry));
    expect(await handler({ Records: records })).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
    expect(reported[0]).toMatchObject({ quarantined: 1, error: { name: 'ResourceNotFoundException' } });
  });

  test('if the bucket is gone', async () => {
    const environment = { ...backend.environment, QUARANTINE_BUCKET: 'no-such-bucket' };
    const handler = recorderHandler(environment, () => {});
    expect(await handler({ Records: records })).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
  });
});

describe('the detector answers with the first record of the first series that failed', () => {
  /** Records readings of these series, each as one wave. @returns the news of them in the events table's stream */
  async function record(...ids: string[]): Promise<readonly DynamoDBRecord[]> {
    const recorder = recorderHandler(backend.environment, () => {});
    const from = backend.tableStream.length;
    for (const seriesId of ids) {
      await recorder({ Records: readings(seriesId).map((data, i) => kinesisRecord(`${i}`, data)) });
    }
    const changes = backend.tableStream.read(undefined, Number.POSITIVE_INFINITY).slice(from);
    return changes.filter((change) => waveClosedBy(change) !== undefined);
  }

  async function storeHead(seriesId: string, attributes: Record<string, AttributeValue>): Promise<void> {
    const Item = { seriesId: { S: seriesId }, sortKey: { S: 'HEAD' }, ...attributes };
    await backend.clients.dynamoDb.send(new PutItemCommand({ TableName: names.changePointsTable, Item }));
  }

  const down = { TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:none' };

  test('but none that only could not be published: that is reported, and the sweeper does it once the fault is mended', async () => {
    const arrived = await record('first', 'second', 'third');
    const reported: ReportEntry[] = [];
    const told = (entry: ReportEntry) => reported.push(entry);
    const broken = detectorHandler({ ...backend.environment, ...down }, told);
    expect(await broken({ Records: [...arrived] })).toEqual({ batchItemFailures: [] });
    expect(reported).toMatchObject([
      { step: 'detector', seriesId: 'first', error: { name: 'NotFoundException' } },
      { seriesId: 'second', error: { name: 'NotFoundException' } },
      { seriesId: 'third', error: { name: 'NotFoundException' } },
      { records: 3, tested: 120, changePoints: 3, notified: 0, unpublished: 3 },
    ]);
    const unpublished = await readChangePoints(backend.clients);
    expect(unpublished.map(({ publishedAt }) => publishedAt)).toEqual([undefined, undefined, undefined]);

    reported.length = 0;
    await sweeperHandler(backend.environment, told)();
    expect(reported).toMatchObject([{ swept: 3, notified: 3 }]);
    const stored = await readChangePoints(backend.clients);
    expect(stored.map(({ seriesId, publishedAt }) => [seriesId, typeof publishedAt]).sort()).toEqual([
      ['first', 'string'],
      ['second', 'string'],
      ['third', 'string'],
    ]);
  });

  test('none if all goes well, and its report says nothing of what there was none of', async () => {
    const arrived = await record('well');
    const reported: ReportEntry[] = [];
    const handler = detectorHandler(backend.environment, (entry) => reported.push(entry));
    expect(await handler({ Records: [...arrived] })).toEqual({ batchItemFailures: [] });
    const counts = { records: 1, tested: 40, again: 0, late: 0, changePoints: 1, coldReads: 1, warmReads: 0 };
    const about = { regimeLength: expect.any(Number), newestEventAgeMs: expect.any(Number) };
    expect(reported).toEqual([{ step: 'detector', ...counts, ...about, changed: ['well'], notified: 1 }]);
    reported.length = 0;
    await handler({ Records: [] });
    const none = { tested: 0, again: 0, late: 0, changePoints: 0, coldReads: 0, warmReads: 0 };
    expect(reported).toEqual([{ step: 'detector', records: 0, ...none, notified: 0 }]);
  });

  test('and stops trying to publish after some failures, in later batches too', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `series ${index}`);
    const arrived = await record(...ids, 'later');
    const reported: ReportEntry[] = [];
    const broken = detectorHandler({ ...backend.environment, ...down }, (entry) => reported.push(entry));
    const tried = () => reported.filter(({ error }) => error !== undefined).length;
    expect(await broken({ Records: arrived.slice(0, -1) })).toEqual({ batchItemFailures: [] });
    expect(tried()).toBeGreaterThanOrEqual(processingLimits.failedPublications);
    expect(tried()).toBeLessThanOrEqual(
      processingLimits.failedPublications + processingLimits.publishedAtOnce,
    );
    expect(reported.at(-1)).toMatchObject({ tested: 800, changePoints: 20, unpublished: 20 });
    reported.length = 0;
    expect(await broken({ Records: arrived.slice(-1) })).toEqual({ batchItemFailures: [] });
    expect(reported).toMatchObject([{ tested: 40, changePoints: 1, notified: 0, unpublished: 1 }]);
  });

  test('and tests the others: one series that cannot be tested holds up none', async () => {
    const records = await record('healthy', 'poisoned', 'healthy too');
    await storeHead('poisoned', { version: { N: '1' }, regimeAfter: { N: '7' } });
    const reported: ReportEntry[] = [];
    const handler = detectorHandler(backend.environment, (entry) => reported.push(entry));
    expect(await handler({ Records: [...records] })).toEqual({
      batchItemFailures: [{ itemIdentifier: records[1]?.dynamodb?.SequenceNumber }],
    });
    expect(reported).toMatchObject([
      { seriesId: 'poisoned', error: { message: expect.stringContaining('regimeAfter') } },
      { records: 3, tested: 80, changePoints: 2, notified: 2 },
    ]);
  });

  test('but a series with wrong options is tested with those of the service, and reported', async () => {
    const [arrived] = await record('with options');
    if (arrived === undefined) throw new Error('nothing was recorded');
    await storeHead('with options', { options: { M: { alpha: { N: '7' } } } });
    const reported: ReportEntry[] = [];
    const handler = detectorHandler(backend.environment, (entry) => reported.push(entry));
    expect(await handler({ Records: [arrived] })).toEqual({ batchItemFailures: [] });
    expect(reported).toEqual([
      {
        step: 'detector',
        seriesId: 'with options',
        error: new RangeError('alpha must be a number greater than 0 and less than 1, got 7'),
        invalidOptions: 1,
      },
      expect.objectContaining({ step: 'detector', records: 1, tested: 40 }),
    ]);
  });

  const Keys = { seriesId: { S: 's' }, eventKey: { S: 'k' } };
  test.each<[string, DynamoDBRecord['dynamodb']]>([
    ['no change', undefined],
    ['no keys', { SequenceNumber: '1' }],
    ['no seriesId', { Keys: { eventKey: Keys.eventKey }, SequenceNumber: '1' }],
    ['no eventKey', { Keys: { seriesId: Keys.seriesId }, SequenceNumber: '1' }],
    ['no sequence number', { Keys }],
  ])('a record of another stream is refused: %s', async (_, dynamodb) => {
    const handler = detectorHandler(backend.environment, () => {});
    const other: DynamoDBRecord = { eventName: 'INSERT', ...(dynamodb && { dynamodb }) };
    await expect(handler({ Records: [other] })).rejects.toThrow(
      new TypeError('a record of the events table stream has no seriesId, eventKey or SequenceNumber'),
    );
  });

  const ofEvent = { ...Keys, eventKey: { S: '2026-01-01T00:00:00.000Z#e' } };

  test('what expires costs no call of a table', async () => {
    const environment = { ...backend.environment, EVENTS_TABLE: 'none', CHANGE_POINTS_TABLE: 'none' };
    const handler = detectorHandler(environment, () => {});
    const dynamodb = { Keys: ofEvent, OldImage: ofEvent, SequenceNumber: '1' };
    const userIdentity = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };
    const expired: DynamoDBRecord = { eventName: 'REMOVE', dynamodb, userIdentity };
    expect(await handler({ Records: [expired] })).toEqual({ batchItemFailures: [] });
    const deleted: DynamoDBRecord = { eventName: 'REMOVE', dynamodb };
    expect(await handler({ Records: [deleted] })).toEqual({
      batchItemFailures: [{ itemIdentifier: '1' }],
    });
  });

  test('the last events of a series that has no HEAD any more make none', async () => {
    const handler = detectorHandler(backend.environment, () => {});
    const dynamodb = { Keys: { ...ofEvent, seriesId: { S: 'forgotten' } }, SequenceNumber: '1' };
    await handler({ Records: [{ eventName: 'REMOVE', dynamodb }] });
    const { Count } = await backend.clients.dynamoDb.send(
      new QueryCommand({
        TableName: names.changePointsTable,
        KeyConditionExpression: 'seriesId = :series',
        ExpressionAttributeValues: { ':series': { S: 'forgotten' } },
      }),
    );
    expect(Count).toBe(0);
  });
});

describe('a wrong setting stops a function at its start', () => {
  test.each([
    ['EVENTS_TABLE', '', 'EVENTS_TABLE must be set in the environment'],
    ['EVENTS_TABLE', ' \t', 'EVENTS_TABLE must be set in the environment'],
    [
      'VALUE_FIELD',
      'timestamp',
      "VALUE_FIELD must differ from SERIES_ID_FIELD and TIMESTAMP_FIELD, got 'timestamp'",
    ],
    ['EVENT_RETENTION_DAYS', '0', "EVENT_RETENTION_DAYS must be an integer from 1 to 36500, got '0'"],
    ['MAX_FUTURE_SKEW_SECONDS', 'x', "MAX_FUTURE_SKEW_SECONDS must be a number, got 'x'"],
  ])('recorder: %s = %j', (name, value, message) => {
    expect(() => recorderHandler({ ...backend.environment, [name]: value }, () => {})).toThrow(
      new RangeError(message),
    );
  });

  test.each([
    ['TOPIC_ARN', '', 'TOPIC_ARN must be set in the environment'],
    ['ALPHA', '1', 'alpha must be a number greater than 0 and less than 1, got 1'],
    ['RESTART', 'later', "restart must be 'detection' or 'change', got 'later'"],
  ])('detector: %s = %j', (name, value, message) => {
    expect(() => detectorHandler({ ...backend.environment, [name]: value }, () => {})).toThrow(
      new RangeError(message),
    );
  });
});
