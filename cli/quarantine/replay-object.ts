import { type KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { type Backoff, realBackoff } from '../../lambda/backoff.ts';
import { putEntries } from '../produce/put-events.ts';
import { type KeptObjects, replayedPrefix } from './bucket.ts';
import type { Kept } from './kept.ts';

export interface ReplayParts {
  readonly objects: KeptObjects;
  readonly kinesis: KinesisClient;
  readonly lambda: LambdaClient;
  /** The stream for records. If given, it also replaces the stream that a batch names. */
  readonly streamName?: string | undefined;
  /** The detector for its batches. If given, it replaces the function that a batch names. */
  readonly detectorFunction?: string | undefined;
  readonly backoff?: Backoff;
}

/** The outcome of one object. */
export type Replayed = { readonly key: string } & (
  | {
      readonly outcome: 'replayed';
      readonly records: number;
      /** Where the object is now. */
      readonly movedTo: string;
      /** Of a record: its key in the quarantine if it still cannot be read. */
      readonly comesBackAs?: string;
    }
  | { readonly outcome: 'already replayed' | 'not found' }
  | { readonly outcome: 'failed'; readonly problem: string }
);

/** A record has no stream to go to. */
export class MissingTargetError extends Error {
  override readonly name = 'MissingTargetError';
}

/**
 * Puts the content of one object back into the service, then moves the object under `replayed/`.
 *
 * A record goes back through the stream. So does a batch that the recorder could not store. A batch that the detector could not
 * test goes to the detector itself, because a second write of a stored event makes no record in the stream of the table.
 *
 * Events have ids, so an event that is stored already replaces itself. A replay that was interrupted before the move may
 * therefore be repeated. If a value was corrected under the same id since, the replay restores the old value.
 *
 * @param data - corrected bytes, instead of the record's own
 * @throws MissingTargetError if a record has no stream to go to; what the clients throw
 */
export async function replayObject(key: string, parts: ReplayParts, data?: Uint8Array): Promise<Replayed> {
  const { objects } = parts;
  const found = await objects.read(key);
  if (found === undefined) {
    const before = key.startsWith(replayedPrefix) ? undefined : await objects.read(`${replayedPrefix}${key}`);
    return { key, outcome: before === undefined ? 'not found' : 'already replayed' };
  }
  if (key.startsWith(replayedPrefix)) return { key, outcome: 'already replayed' };
  if (found.kept === undefined)
    return { key, outcome: 'failed', problem: `cannot be read: ${found.problem}` };
  if (data !== undefined && found.kept.kind !== 'record') {
    return {
      key,
      outcome: 'failed',
      problem: `data can replace that of a record, not of a ${found.kept.kind}`,
    };
  }
  const brought = await bringBack(found.kept, parts, data).catch(refusedOf);
  if ('problem' in brought) return { key, outcome: 'failed', ...brought };
  return { key, outcome: 'replayed', ...brought, movedTo: await objects.markReplayed(key) };
}

type Brought = { readonly records: number; readonly comesBackAs?: string } | { readonly problem: string };

/** The names of errors by which a stream refuses what it is given, and not the call: an empty key, or too many bytes. */
const refusals: readonly string[] = ['ValidationException', 'InvalidArgumentException'];

/** An object that the stream refuses holds up no other one. @throws the error if it is another one */
function refusedOf(error: Error): Brought {
  if (error instanceof DamagedDataError || refusals.includes(error.name)) return { problem: error.message };
  throw error;
}

/** The bytes of an object that somebody may have edited. @throws DamagedDataError rather than take other bytes for them */
function bytesOf(base64: string): Uint8Array {
  const bytes = Buffer.from(base64, 'base64');
  const isWhole =
    bytes.toString('base64url') === base64.replaceAll(/[\s=]/g, '').replaceAll('+', '-').replaceAll('/', '_');
  if (isWhole) return bytes;
  throw new DamagedDataError('its data is not Base64; correct it, or give the bytes with --data');
}

class DamagedDataError extends Error {}

async function bringBack(kept: Kept, parts: ReplayParts, data: Uint8Array | undefined): Promise<Brought> {
  switch (kept.kind) {
    case 'record': {
      const { streamName: StreamName } = parts;
      if (StreamName === undefined)
        throw new MissingTargetError('a record needs the stream it is to go back to');
      const { ShardId, SequenceNumber } = await parts.kinesis.send(
        new PutRecordCommand({
          StreamName,
          PartitionKey: kept.partitionKey,
          Data: data ?? bytesOf(kept.data),
        }),
      );
      return { records: 1, comesBackAs: `quarantine/${ShardId}/${SequenceNumber}.json` };
    }
    case 'recorder batch': {
      const entries = kept.records.map(({ partitionKey, data }) => ({
        PartitionKey: partitionKey,
        Data: bytesOf(data),
      }));
      const { kinesis, streamName = kept.streamName, backoff = realBackoff } = parts;
      return { records: await putEntries(kinesis, streamName, entries, { backoff }) };
    }
    case 'detector batch': {
      const { lambda, detectorFunction = kept.functionArn } = parts;
      const { FunctionError, Payload } = await lambda.send(
        new InvokeCommand({ FunctionName: detectorFunction, Payload: kept.payload }),
      );
      const answer = Buffer.from(Payload ?? []).toString('utf8');
      return isSuccess(FunctionError, answer)
        ? { records: kept.recordCount }
        : { problem: `the function answered ${answer.slice(0, 500)}` };
    }
  }
}

/** Whether the function succeeded and named no failed record. */
function isSuccess(functionError: string | undefined, answer: string): boolean {
  if (functionError !== undefined) return false;
  try {
    const { batchItemFailures } = (JSON.parse(answer) ?? {}) as { batchItemFailures?: readonly unknown[] };
    return Array.isArray(batchItemFailures) && batchItemFailures.length === 0;
  } catch {
    return false;
  }
}
