import type { KinesisStreamRecord } from 'aws-lambda';

/** A record as Lambda hands it to the recorder. */
export function kinesisRecord(sequenceNumber: string, data: string | Uint8Array): KinesisStreamRecord {
  return {
    eventID: `shardId-000000000000:${sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventSourceARN: '',
    invokeIdentityArn: '',
    awsRegion: 'us-east-1',
    kinesis: {
      approximateArrivalTimestamp: 1_700_000_000,
      data: Buffer.from(data).toString('base64'),
      kinesisSchemaVersion: '1.0',
      partitionKey: 'p',
      sequenceNumber,
    },
  };
}
