import { randomUUID } from 'node:crypto';
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { type Backoff, realBackoff } from './backoff.ts';
import type { RegimeLimits } from './regime/regime-limits.ts';

/** What a function gets from the machine that it runs on; tests give their own. */
export interface Surroundings {
  readonly clock: () => Date;
  readonly backoff: Backoff;
  /** A signal that aborts after this time. */
  readonly deadline: (milliseconds: number) => AbortSignal;
  /** A unique name. */
  readonly newId: () => string;
  /**
   * How much the recorder gathers for its next wave.
   *
   * @default processingLimits.waveSize
   */
  readonly waveSize?: () => number;
  /**
   * How the SDK's clients repeat a call.
   *
   * @default the SDK's own way, `processingLimits.sdkAttempts` times
   */
  readonly retryStrategy?: DynamoDBClientConfig['retryStrategy'];
  /**
   * How the client of DynamoDB sends a request.
   *
   * @default over HTTP
   */
  readonly requestHandler?: DynamoDBClientConfig['requestHandler'];
  /**
   * How regimes are cached.
   *
   * @default `regimeLimits`
   */
  readonly regimeLimits?: RegimeLimits;
}

export const realSurroundings: Surroundings = {
  clock: () => new Date(),
  backoff: realBackoff,
  deadline: (milliseconds) => AbortSignal.timeout(milliseconds),
  newId: randomUUID,
};
