import { isObject } from '../../lambda/reading/is-object.ts';
import type { Place } from '../../lambda/record/entry.ts';
import type { QuarantinedRecord } from '../../lambda/recorder/quarantine.ts';

/** An entry that is not an event. Its reason is text, because other versions of the service have other reasons. */
export type KeptProblem = Place & { readonly reason: string; readonly detail: string };

/** A record of the stream, as it arrived. */
export interface KeptRecord extends Omit<QuarantinedRecord, 'problems'> {
  readonly problemCount: number;
  /** The first of them, if they are many. */
  readonly problems: readonly KeptProblem[];
}

/** A batch that Lambda gave up on, and why. */
interface KeptBatch {
  readonly condition: string;
  readonly functionArn: string;
  readonly shardId: string;
  readonly startSequenceNumber: string;
  /** ISO time at which the oldest of its records arrived. */
  readonly arrivedAt: string;
  readonly recordCount: number;
}

/** The content of an object in the bucket. */
export type Kept =
  | ({ readonly kind: 'record' } & KeptRecord)
  | ({
      readonly kind: 'recorder batch';
      readonly streamName: string;
      /** Their data in Base64. */
      readonly records: readonly { readonly partitionKey: string; readonly data: string }[];
    } & KeptBatch)
  | ({ readonly kind: 'detector batch'; readonly payload: string } & KeptBatch);

/** An object that the service did not write. */
export class UnknownObjectError extends Error {
  override readonly name = 'UnknownObjectError';
}

/** @throws UnknownObjectError naming what is missing */
export function readKept(text: string): Kept {
  const object = asObject(parse(text), 'the object');
  return object.requestContext === undefined ? record(object) : batch(object);
}

function record(object: Fields): Kept {
  const problems = asArray(object.problems, 'problems').map(problem);
  return {
    kind: 'record',
    shardId: asText(object.shardId, 'shardId'),
    sequenceNumber: asText(object.sequenceNumber, 'sequenceNumber'),
    partitionKey: asText(object.partitionKey, 'partitionKey'),
    arrivedAt: asText(object.arrivedAt, 'arrivedAt'),
    data: asText(object.data, 'data'),
    problemCount: asNumber(object.problemCount, 'problemCount'),
    problems,
  };
}

function problem(given: unknown): KeptProblem {
  const { position, reason, detail, userRecord } = asObject(given, 'a problem');
  const common = {
    position: asNumber(position, 'position'),
    reason: asText(reason, 'reason'),
    detail: asText(detail, 'detail'),
  };
  if (userRecord === undefined) return common;
  const { index, partitionKey, explicitHashKey } = asObject(userRecord, 'userRecord');
  return {
    ...common,
    userRecord: {
      index: asNumber(index, 'index'),
      partitionKey: asText(partitionKey, 'partitionKey'),
      ...(explicitHashKey !== undefined && { explicitHashKey: asText(explicitHashKey, 'explicitHashKey') }),
    },
  };
}

/** As Lambda writes it: AWS Lambda developer guide, "Retain discarded batch records". */
function batch(object: Fields): Kept {
  const { condition, functionArn } = asObject(object.requestContext, 'requestContext');
  const ofStream = object.KinesisBatchInfo !== undefined;
  const info = asObject(ofStream ? object.KinesisBatchInfo : object.DDBStreamBatchInfo, 'batch info');
  const payload = asText(object.payload, 'payload');
  const records = asArray(asObject(parse(payload), 'payload').Records, 'Records');
  const common = {
    condition: asText(condition, 'condition'),
    functionArn: asText(functionArn, 'functionArn'),
    shardId: asText(info.shardId, 'shardId'),
    startSequenceNumber: asText(info.startSequenceNumber, 'startSequenceNumber'),
    arrivedAt: asText(info.approximateArrivalOfFirstRecord, 'approximateArrivalOfFirstRecord'),
    recordCount: records.length,
  };
  if (!ofStream) return { kind: 'detector batch', ...common, payload };
  return {
    kind: 'recorder batch',
    ...common,
    streamName: asText(info.streamArn, 'streamArn').replace(/^.*:stream\/([^/]*).*$/, '$1'),
    records: records.map((each) => {
      const { partitionKey, data } = asObject(asObject(each, 'a record').kinesis, 'kinesis');
      return { partitionKey: asText(partitionKey, 'partitionKey'), data: asText(data, 'data') };
    }),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnknownObjectError('not JSON');
  }
}

function asObject(value: unknown, name: string): Fields {
  if (isObject(value)) return value;
  throw new UnknownObjectError(`${name} must be an object`);
}

function asArray(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new UnknownObjectError(`${name} must be an array`);
}

function asText(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  throw new UnknownObjectError(`${name} must be text`);
}

function asNumber(value: unknown, name: string): number {
  if (typeof value === 'number') return value;
  throw new UnknownObjectError(`${name} must be a number`);
}
