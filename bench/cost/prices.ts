/**
 * List prices of us-east-1 in dollars, without free tiers and discounts.
 *
 * As public pages of 2025 and 2026 quote these lists: aws.amazon.com/dynamodb/pricing, aws.amazon.com/kinesis/data-streams/pricing, aws.amazon.com/lambda/pricing
 */
export const prices = {
  dynamoDb: {
    /** A million units, on demand. */
    millionReads: 0.125,
    millionWrites: 0.625,
    /** A unit a second for an hour, provisioned. */
    provisionedRead: 0.00013,
    provisionedWrite: 0.00065,
    /** A GB and month. */
    storage: 0.25,
    pointInTimeRecovery: 0.2,
  },
  kinesis: {
    shardHour: 0.015,
    /** A million payloads of up to 25 kB. */
    millionPuts: 0.014,
  },
  lambda: {
    millionRuns: 0.2,
    /** A second of a GB of memory, on Arm processors. */
    gigabyteSecond: 0.0000133334,
  },
} as const;

export const secondsPerMonth = 30 * 24 * 3600;
export const hoursPerMonth = 30 * 24;
