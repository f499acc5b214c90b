import { type Json, jsonExamples } from './example.ts';

const StreamName = 'aed-records';
const shard = { StreamName, ShardId: 'shardId-000000000000' };
const record = { PartitionKey: 'a', Data: 'eyJ2YWx1ZSI6MX0=' };

const bodies: readonly (readonly [string, Json])[] = [
  ['AddTagsToStream', { StreamName, Tags: { a: 'b' } }],
  ['CreateStream', { StreamName: 'other', ShardCount: 1 }],
  ['DecreaseStreamRetentionPeriod', { StreamName, RetentionPeriodHours: 24 }],
  ['DeleteStream', { StreamName: 'other' }],
  ['DescribeStream', { StreamName, Limit: 10, ExclusiveStartShardId: 'shardId-000000000000' }],
  ['DescribeStreamSummary', { StreamName }],
  ['GetRecords', { ShardIterator: '$ITERATOR', Limit: 10 }],
  ['GetShardIterator', { ...shard, ShardIteratorType: 'TRIM_HORIZON' }],
  ['GetShardIterator', { ...shard, ShardIteratorType: 'AT_TIMESTAMP', Timestamp: 1.7e9 }],
  [
    'GetShardIterator',
    { ...shard, ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: '$SEQUENCE' },
  ],
  ['IncreaseStreamRetentionPeriod', { StreamName, RetentionPeriodHours: 48 }],
  ['ListShards', { StreamName, MaxResults: 10 }],
  ['ListShards', { NextToken: 'AAAA' }],
  ['ListStreams', { Limit: 10, ExclusiveStartStreamName: 'a' }],
  ['ListTagsForStream', { StreamName, Limit: 10, ExclusiveStartTagKey: 'a' }],
  [
    'MergeShards',
    { StreamName, ShardToMerge: 'shardId-000000000000', AdjacentShardToMerge: 'shardId-000000000001' },
  ],
  ['PutRecord', { StreamName, ...record, SequenceNumberForOrdering: '$SEQUENCE' }],
  ['PutRecord', { StreamName, ...record, ExplicitHashKey: '1' }],
  ['PutRecords', { StreamName, Records: [record, { ...record, ExplicitHashKey: '1' }] }],
  ['RemoveTagsFromStream', { StreamName, TagKeys: ['a'] }],
  ['SplitShard', { StreamName, ShardToSplit: 'shardId-000000000000', NewStartingHashKey: '1000' }],
];

export const kinesisExamples = [
  ...jsonExamples('kinesis', 'Kinesis_20131202', 'application/x-amz-json-1.1', bodies),
  ...jsonExamples('kinesis', 'Kinesis_20131202', 'application/x-amz-cbor-1.1', [
    // The same in CBOR: {"StreamName": "aed-records"}, and a list with a null.
    ['DescribeStream', '\u00a1jStreamNamekaed-records'],
    ['PutRecords', '\u00a2jStreamNamekaed-recordsgRecords\u0081\u00f6'],
  ]),
];
