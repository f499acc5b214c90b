import type { EventReading } from '../../lambda/record/event-reading.ts';
import type { Reason } from '../../lambda/record/reasons.ts';
import { type KeptProblem, readKept, UnknownObjectError } from '../quarantine/kept.ts';
import { cutRecord } from './cut-record.ts';

/** What of an object of the quarantine is of a series, and what the object is without it. */
export type CutObject =
  | { readonly holds: 'nothing' | 'only it' | 'it, inseparably' }
  | { readonly holds: 'others too'; readonly rest: string };

type Fields = Record<string, unknown>;

/** Cuts a series out of what the recorder or Lambda set aside. An object of another kind holds nothing of it, as far as anyone knows. */
export function cutObject(text: string, seriesId: string, reading: EventReading): CutObject {
  try {
    const kept = readKept(text);
    if (kept.kind === 'record') return cutSetAside(JSON.parse(text), seriesId, reading);
    return cutBatch(JSON.parse(text), seriesId, reading);
  } catch (error) {
    if (error instanceof UnknownObjectError) return { holds: 'nothing' };
    throw error;
  }
}

/** A problem of a record as a whole, of which nothing is stored then. */
const ofRecord: Reason = 'too-many-entries';

/** A record with the problems that it has. If none of these is left, nothing of the others is wrong: their events are stored. */
function cutSetAside(object: Fields, seriesId: string, reading: EventReading): CutObject {
  const { data, partitionKey, problemCount } = object;
  const cut = cutRecord(Buffer.from(String(data), 'base64'), String(partitionKey), seriesId, reading);
  if (cut.holds !== 'others too') return cut;
  const listed = object.problems as readonly KeptProblem[];
  const problems = listed.flatMap((problem) => {
    if (problem.reason === ofRecord) return [problem];
    const position = cut.positions.indexOf(problem.position);
    return position === -1 ? [] : [{ ...problem, position }];
  });
  const count = Number(problemCount) - (listed.length - problems.length);
  if (count === 0) return { holds: 'only it' };
  const rest = { ...object, data: Buffer.from(cut.rest).toString('base64'), problemCount: count, problems };
  return { holds: 'others too', rest: JSON.stringify(rest) };
}

/** A batch that Lambda gave up on: of Kinesis records, or of records of the table's stream, each of which is of one series. */
function cutBatch(object: Fields, seriesId: string, reading: EventReading): CutObject {
  const payload = JSON.parse(String(object.payload)) as { readonly Records: readonly BatchRecord[] };
  const found = payload.Records.map((record) => cutOfBatch(record, seriesId, reading));
  if (found.every(({ holds }) => holds === 'nothing')) return { holds: 'nothing' };
  if (found.some(({ holds }) => holds === 'it, inseparably')) return { holds: 'it, inseparably' };
  const Records = found.flatMap(({ left }) => left ?? []);
  if (Records.length === 0) return { holds: 'only it' };
  return {
    holds: 'others too',
    rest: JSON.stringify({ ...object, payload: JSON.stringify({ ...payload, Records }) }),
  };
}

interface BatchRecord {
  readonly kinesis?: { readonly partitionKey: string; readonly data: string };
  readonly dynamodb?: { readonly Keys?: { readonly seriesId?: { readonly S?: string } } };
}

/** @returns the record without the series, if anything is left of it */
function cutOfBatch(
  record: BatchRecord,
  seriesId: string,
  reading: EventReading,
): { readonly holds: CutObject['holds']; readonly left?: BatchRecord } {
  const { kinesis, dynamodb } = record;
  if (kinesis === undefined)
    return dynamodb?.Keys?.seriesId?.S === seriesId
      ? { holds: 'only it' }
      : { holds: 'nothing', left: record };
  const cut = cutRecord(Buffer.from(kinesis.data, 'base64'), kinesis.partitionKey, seriesId, reading);
  if (cut.holds === 'nothing') return { holds: 'nothing', left: record };
  if (cut.holds !== 'others too') return cut;
  const data = Buffer.from(cut.rest).toString('base64');
  return { holds: 'others too', left: { ...record, kinesis: { ...kinesis, data } } };
}
