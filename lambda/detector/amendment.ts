import { isDeepStrictEqual } from 'node:util';
import type { DynamoDBRecord } from 'aws-lambda';
import { hasTime } from '../event.ts';

/** The principal that deletes items whose time to live has ended. */
const timeToLive = 'dynamodb.amazonaws.com';

/**
 * The key of an event that was deleted or given another value, by whomever; `undefined` for any other record of the events table's stream.
 *
 * An item whose key has no time is no event. An event that expired was not deleted in this sense: its regime need not be read again for it.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html
 */
export function amendedBy({ eventName, userIdentity, dynamodb }: DynamoDBRecord): string | undefined {
  const key = dynamodb?.Keys?.eventKey?.S;
  if (!hasTime(key)) return undefined;
  const { OldImage, NewImage } = dynamodb ?? {};
  if (eventName === 'REMOVE') return isTimeToLive(userIdentity) ? undefined : key;
  return OldImage === undefined || isDeepStrictEqual(OldImage.value, NewImage?.value) ? undefined : key;
}

function isTimeToLive(identity: unknown): boolean {
  return (identity as { readonly principalId?: unknown } | null | undefined)?.principalId === timeToLive;
}
