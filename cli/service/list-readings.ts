import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvalidArgumentError } from 'commander';
import { eventKey } from '../../lambda/event.ts';
import { printable } from '../../lambda/printable.ts';
import { zonedTime } from '../../lambda/reading/zoned-time.ts';
import type { KnownChangePoint } from '../../lambda/tables/stored-change-point.ts';
import { type CliContext, FailedError } from '../context.ts';
import { write } from '../output.ts';
import { instantOf } from './correct-reading.ts';
import { checkListed, noReadings } from './no-series.ts';
import { readingsAround } from './readings-around.ts';
import { readingLine, readingsText } from './readings-view.ts';
import type { StoredChangePoints } from './stored-series.ts';

/** Where readings are listed: at a time, at the last change, or at the end. */
export type ListedPlace = ReturnType<typeof instantOf> | 'change' | 'newest';

/** Which readings are listed, of which series, and how. */
export interface ReadingsListing {
  readonly seriesId: string;
  readonly stored: StoredChangePoints;
  /** Oldest first. */
  readonly changePoints: readonly KnownChangePoint[];
  readonly around: ListedPlace;
  readonly limit: number;
  readonly json: boolean;
}

/** Sorts after every key of an event. */
const afterEvents = '~';

/** A parser for commander. */
export function listedPlace(text: string): ListedPlace {
  if (text === 'change' || text === 'newest') return text;
  if (zonedTime(text) !== undefined) return instantOf(text);
  throw new InvalidArgumentError(
    `It must be change, newest, or an ISO 8601 time with a zone, such as 2026-01-31T12:00:00Z, got '${text}'.`,
  );
}

/** Lists readings as `aed correct` names them. @throws FailedError if the service has no such series, or it no such place */
export async function listReadings(
  dynamoDb: DynamoDBClient,
  eventsTable: string,
  { seriesId, stored, changePoints, around, limit, json }: ReadingsListing,
  { out, signal }: CliContext,
): Promise<void> {
  const place = keyOf(around, changePoints);
  const listed = await readingsAround(dynamoDb, eventsTable, seriesId, place ?? afterEvents, limit, signal);
  if (listed.length === 0 && changePoints.length === 0) await checkListed(stored, seriesId);
  if (place === undefined)
    throw new FailedError(
      `${printable(seriesId)} has no change point; give --around a time, or newest for its newest readings`,
    );
  if (json) await write(out, listed.map((reading) => readingLine(seriesId, reading)).join(''));
  else if (listed.length === 0) await write(out, `${printable(seriesId)}: ${noReadings}\n`);
  else await write(out, readingsText(seriesId, listed, changePoints));
}

/** A place as an event key or its beginning; `undefined` if there is no last change. A retracted change point is none. */
function keyOf(place: ListedPlace, changePoints: readonly KnownChangePoint[]): string | undefined {
  if (place === 'newest') return afterEvents;
  if (place !== 'change') return eventKey({ ...place, eventId: '' });
  return changePoints.findLast(({ retractedAt }) => retractedAt === undefined)?.changedEventKey;
}
