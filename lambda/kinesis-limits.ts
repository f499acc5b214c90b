const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

/**
 * The limits of Kinesis Data Streams.
 *
 * The size of a record is a setting of its stream since 2025: `MaxRecordSizeInKiB`, from 1,024 to 10,240. A stream that
 * does not set it, such as the construct's own, takes records of up to 1 MiB. An existing stream that is given to the
 * construct may take more. Lambda's payload limit is 6 MiB, and records are in it as base64. A record of more than some
 * 4.5 MiB therefore goes to the on-failure destination without an invocation.
 *
 * Sources: https://docs.aws.amazon.com/streams/latest/dev/large-records.html,
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateMaxRecordSize.html,
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html
 */
export const kinesisLimits = {
  /** Data and partition key of one record, in a stream that does not set its own limit. */
  defaultRecordBytes: mebibyte,
  /** The largest record that any stream can be set to take. */
  largestRecordBytes: 10_240 * kibibyte,
  /** Records in one PutRecords. */
  requestRecords: 500,
  /** Data and partition keys of one PutRecords. */
  requestBytes: 10 * mebibyte,
  partitionKeyCharacters: 256,
} as const;
