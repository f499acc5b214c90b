import { deploymentLimits } from '../../lib/deployment-limits.ts';
import { hoursPerMonth, prices, secondsPerMonth } from './prices.ts';
import type { Usage } from './usage.ts';

/** How the tables are paid, and what they keep. */
export interface Terms {
  readonly capacity: 'on demand' | 'provisioned';
  readonly retentionDays: number;
  readonly pointInTimeRecovery: boolean;
}

/** Dollars for a million events. */
export interface Price {
  /** Records put and shards. */
  readonly stream: number;
  readonly writes: number;
  readonly reads: number;
  /** Runs of the functions, and their time. */
  readonly functions: number;
  /** A million events in the table, for as long as they are kept, with its backups. */
  readonly storage: number;
  readonly total: number;
}

/** A provisioned table is used so far on average; its capacity follows the load with a reserve. */
const provisionedUse = 0.7;
const recordsOfShardPerSecond = 1000;
/** A function waits so long for a call. All its calls count as one after the other, which is more than the truth. */
const secondsPerCall = 0.005;
/** An item of the events table, with the 100 bytes that storage adds. */
const storedBytesPerEvent = 105 + 100;
const bytesPerGigabyte = 1e9;
const daysPerMonth = 30;

/** What a million events cost if a thousand use so much. */
export function priceOfMillion(usage: Usage, terms: Terms): Price {
  const millions = (perThousand: number) => (perThousand * 1000) / 1e6;
  const { dynamoDb, kinesis, lambda } = prices;
  const isProvisioned = terms.capacity === 'provisioned';
  const unit = (onDemand: number, hourly: number) =>
    isProvisioned ? (hourly * 1e6) / (3600 * provisionedUse) : onDemand;
  const memoryGigabytes = deploymentLimits.detector.function.memoryMegabytes / 1024;
  const storedMonths = terms.retentionDays / daysPerMonth;
  const storagePrice = dynamoDb.storage + (terms.pointInTimeRecovery ? dynamoDb.pointInTimeRecovery : 0);
  const parts = {
    stream: kinesis.millionPuts + (kinesis.shardHour * 1e6) / recordsOfShardPerSecond / 3600,
    writes: millions(usage.writeUnits) * unit(dynamoDb.millionWrites, dynamoDb.provisionedWrite),
    reads: millions(usage.readUnits) * unit(dynamoDb.millionReads, dynamoDb.provisionedRead),
    functions:
      millions(usage.invocations) * lambda.millionRuns +
      millions(usage.requests) * 1e6 * secondsPerCall * memoryGigabytes * lambda.gigabyteSecond,
    storage: ((storedBytesPerEvent * 1e6) / bytesPerGigabyte) * storedMonths * storagePrice,
  };
  return { ...parts, total: Object.values(parts).reduce((sum, part) => sum + part, 0) };
}

/** Dollars a month for a fleet, once the table holds all that it keeps. An idle shard is paid as well. */
export function monthlyPrice(devices: number, secondsBetween: number, { stream, total }: Price): number {
  const perSecond = devices / secondsBetween;
  const millions = (perSecond * secondsPerMonth) / 1e6;
  const shards = Math.max(1, Math.ceil(perSecond / recordsOfShardPerSecond));
  const streamPrice =
    millions * prices.kinesis.millionPuts + shards * prices.kinesis.shardHour * hoursPerMonth;
  return millions * (total - stream) + streamPrice;
}
