import { printable } from '../../lambda/printable.ts';
import { FailedError } from '../context.ts';
import type { StoredChangePoints } from './stored-series.ts';

/** What is said of a series that a service knows, but of which it has no reading any more. */
export const noReadings = 'its readings have expired or were deleted';

/**
 * Checks a name of which nothing else is found.
 *
 * @throws FailedError unless `aed series` lists it
 */
export async function checkListed(stored: StoredChangePoints, seriesId: string): Promise<void> {
  if ((await stored.head(seriesId)) === undefined) throw noSeries(seriesId);
}

/** The error of a command that is given the name of no series. */
function noSeries(seriesId: string): FailedError {
  return new FailedError(
    `the service has no series '${printable(seriesId)}'; \`aed series\` lists those that it has`,
  );
}
