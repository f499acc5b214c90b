import { forgotten, readingsOf, type SeriesRecord } from './series-records.ts';

const bytes = (text: string | Uint8Array) => Buffer.from(text).toString('base64');

/** A record as the recorder sets it aside, with a problem at each of these positions. */
function setAside(data: string | Uint8Array, positions: readonly number[], partitionKey = 'p'): string {
  return JSON.stringify({
    shardId: 'shardId-000000000000',
    sequenceNumber: '1',
    partitionKey,
    arrivedAt: '2026-01-01T00:00:00.000Z',
    data: bytes(data),
    problemCount: positions.length,
    problems: positions.map((position) => ({ position, reason: 'bad-value', detail: 'value must be …' })),
  });
}

const about = (info: object, Records: readonly object[]) =>
  JSON.stringify({
    requestContext: { condition: 'RetryAttemptsExhausted', functionArn: 'arn:aws:lambda:x:1:function:f' },
    ...info,
    payload: JSON.stringify({ Records }),
  });

const place = {
  shardId: 'shardId-000000000000',
  startSequenceNumber: '1',
  approximateArrivalOfFirstRecord: '2026-01-01T00:00:00.000Z',
};

/** A batch of the recorder that Lambda gave up on. */
function recorderBatch(records: readonly SeriesRecord[]): string {
  const KinesisBatchInfo = { ...place, streamArn: 'arn:aws:kinesis:us-east-1:1:stream/records' };
  return about(
    { KinesisBatchInfo },
    records.map(({ partitionKey, data }) => ({ kinesis: { partitionKey, data: bytes(data) } })),
  );
}

/** A batch of the detector. */
function detectorBatch(seriesIds: readonly string[]): string {
  return about(
    { DDBStreamBatchInfo: place },
    seriesIds.map((S) => ({ dynamodb: { Keys: { seriesId: { S } }, SequenceNumber: '1' } })),
  );
}

/** Objects of the quarantine, and what must become of each: none if it holds nothing but the forgotten series. */
export function quarantinedObjects(
  other: string,
): Readonly<Record<string, { readonly body: string; readonly after?: string }>> {
  const bad = (seriesId: string) => `{"seriesId":${JSON.stringify(seriesId)},"timestamp":0,"value":"?"}`;
  const [ours, theirs] = [bad(forgotten), bad(other)];
  const broken = `{"seriesId": "${forgotten}", "value": NaN}`;
  const printed = (json: string) => JSON.stringify(JSON.parse(json), null, 2);
  const kept = (body: string) => ({ body, after: body });
  return {
    'quarantine/own': { body: setAside(ours, [0]) },
    'quarantine/own-lines': { body: setAside(`${ours}\n${broken}\n`, [0, 1]) },
    'quarantine/own-key': { body: setAside(Buffer.of(0xff), [0], forgotten) },
    'quarantine/shared-lines': {
      body: setAside(`${ours}\n${theirs}\n\n${broken}\nno JSON`, [0, 1, 3, 4]),
      after: setAside(`${theirs}\nno JSON`, [0, 1]),
    },
    'quarantine/shared-array': {
      body: setAside(`[${theirs}, ${ours},${theirs}]`, [0, 1, 2]),
      after: setAside(`[${theirs},${theirs}]`, [0, 1]),
    },
    'quarantine/shared-joined': {
      body: setAside(`${ours}${theirs}`, [0, 1]),
      after: setAside(theirs, [0]),
    },
    'quarantine/shared-printed': {
      body: setAside(`${printed(ours)}\n${printed(theirs)}`, [0, 1]),
      after: setAside(printed(theirs), [0]),
    },
    'quarantine/other': kept(setAside(`${theirs}\n${bad('x')}`, [0, 1])),
    'quarantine/other-key': kept(setAside(Buffer.of(0xff), [0], other)),
    'aws/lambda/recorder-shared': {
      body: recorderBatch([readingsOf(forgotten, 0, 2), readingsOf(other, 0, 2)]),
      after: recorderBatch([readingsOf(other, 0, 2)]),
    },
    'aws/lambda/detector-own': { body: detectorBatch([forgotten, forgotten]) },
    'aws/lambda/detector-shared': {
      body: detectorBatch([other, forgotten]),
      after: detectorBatch([other]),
    },
    'replayed/quarantine/own': { body: setAside(ours, [0]) },
    'replayed/aws/lambda/other': kept(recorderBatch([readingsOf(other, 0, 2)])),
    'other/file': kept('not of the service'),
  };
}
