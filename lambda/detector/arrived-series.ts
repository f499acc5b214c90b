import type { DynamoDBRecord } from 'aws-lambda';
import { hasTime } from '../event.ts';
import { type Wave, waveClosedBy, waveOfAmendments } from '../tables/wave.ts';
import { amendedBy } from './amendment.ts';

/** What a batch of the table's stream brings of one series. */
export interface ArrivedSeries {
  readonly seriesId: string;
  /** The waves that the records close; and one without events, if events were deleted or corrected. */
  readonly waves: readonly Wave[];
  /** Event keys of what was deleted or corrected. */
  readonly amended: readonly string[];
  readonly firstSequenceNumber: string;
}

/**
 * What is new in the batch, by series, in the order in which the series first appear. Items that were written again unchanged, and items that
 * expired, are left out.
 *
 * If some series fail, Lambda retries from the first record of the first series that is not done. All records before it belong to
 * series that are done. Series after it may get their waves again, which changes nothing.
 */
export function bySeries(records: readonly DynamoDBRecord[]): readonly ArrivedSeries[] {
  const series = new Map<string, ArrivedSeries & { readonly waves: Wave[]; readonly amended: string[] }>();
  for (const record of records) {
    const seriesId = record.dynamodb?.Keys?.seriesId?.S;
    const eventKey = record.dynamodb?.Keys?.eventKey?.S;
    const sequenceNumber = record.dynamodb?.SequenceNumber;
    if (seriesId === undefined || eventKey === undefined || sequenceNumber === undefined) {
      throw new TypeError('a record of the events table stream has no seriesId, eventKey or SequenceNumber');
    }
    // An item that somebody wrote by hand may have a key without a time, and is no event.
    const wave = hasTime(eventKey) ? waveClosedBy(record) : undefined;
    const amended = amendedBy(record);
    if (wave === undefined && amended === undefined) continue;
    const known = series.get(seriesId) ?? {
      seriesId,
      waves: [],
      amended: [],
      firstSequenceNumber: sequenceNumber,
    };
    series.set(seriesId, known);
    if (wave !== undefined) known.waves.push(wave);
    if (amended !== undefined) known.amended.push(amended);
  }
  return [...series.values()].map((one) => ({
    ...one,
    waves: [...one.waves, ...waveOfAmendments(one.amended)],
  }));
}
