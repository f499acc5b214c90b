import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { plain } from '../../lambda/figures.ts';
import { kinesisLimits } from '../../lambda/kinesis-limits.ts';
import { groupsOf } from '../../lambda/tables/groups-of.ts';
import { type CliContext, FailedError, UsageError } from '../context.ts';
import { jsonLine, write } from '../output.ts';
import { countBar } from '../progress.ts';
import type { FoundObject, KeptObjects } from './bucket.ts';
import type { QuarantineClients } from './clients.ts';
import { quarantineLimits } from './quarantine-limits.ts';
import { MissingTargetError, replayObject } from './replay-object.ts';
import { describeKept, describeReplayed, listed, listTable } from './view.ts';

/** What these commands need of their context. */
export type QuarantineContext = Omit<CliContext, 'input'>;

export interface ListOptions {
  readonly bucket?: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly json: boolean;
}

export interface ShowOptions extends ListOptions {
  readonly data: boolean;
}

export interface ReplayObjectsOptions extends ListOptions {
  readonly stream?: string;
  readonly detectorFunction?: string;
  readonly all: boolean;
  readonly data?: string;
}

export async function list(
  objects: KeptObjects,
  { json }: ListOptions,
  { out, error }: QuarantineContext,
): Promise<void> {
  const rows = [];
  const keys = await allKeys(objects);
  const bar = countBar(error, 'read', keys.length);
  try {
    for await (const found of readAll(objects, keys, (count) => bar.update(count))) {
      const row = listed(found);
      if (json) await write(out, jsonLine(row));
      else rows.push(row);
    }
  } finally {
    bar.stop();
  }
  if (!json) await write(out, rows.length === 0 ? 'nothing is set aside\n' : `${listTable(rows)}\n`);
}

async function allKeys(objects: KeptObjects): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const key of objects.keys()) keys.push(key);
  return keys;
}

/** The objects in the order of their keys, some read at once. @param onRead - called with the number read so far */
async function* readAll(
  objects: KeptObjects,
  keys: readonly string[],
  onRead: (count: number) => void,
): AsyncGenerator<FoundObject> {
  let count = 0;
  for (const group of groupsOf(keys, quarantineLimits.objectsAtOnce)) {
    const read = await Promise.all(group.map((key) => objects.read(key)));
    count += group.length;
    onRead(count);
    yield* read.filter((found) => found !== undefined);
  }
}

export async function show(
  objects: KeptObjects,
  key: string,
  { json, data }: ShowOptions,
  { out }: QuarantineContext,
): Promise<void> {
  if (data && json) throw new UsageError('--data prints only the bytes; leave out --json');
  const found = await objects.read(key);
  if (found === undefined)
    throw new FailedError(`there is no object ${key}; \`aed quarantine list\` lists the keys`);
  if (found.kept === undefined) throw new FailedError(`${key} cannot be read: ${found.problem}`);
  const { kept } = found;
  if (data && kept.kind !== 'record') throw new UsageError(`--data is for records; ${key} is a ${kept.kind}`);
  if (data && kept.kind === 'record') await write(out, Buffer.from(kept.data, 'base64'));
  else if (json) await write(out, jsonLine({ key, ...kept }));
  else await write(out, `${describeKept(key, kept)}\n`);
}

/** A pipe does not say how much it will bring, and may bring nothing for ever. */
async function readRecord(path: string, signal: AbortSignal): Promise<Buffer> {
  const most = kinesisLimits.largestRecordBytes;
  const tooLarge = new UsageError(`${path} has more than the ${most / 2 ** 20} MiB of a record`);
  if ((await stat(path)).size > most) throw tooLarge;
  // The byte at `end` is read, too.
  const stream = createReadStream(path, { end: most });
  await once(stream, 'readable', { signal });
  const data = Buffer.concat(await stream.toArray({ signal }));
  if (data.length > most) throw tooLarge;
  return data;
}

export async function replayAll(
  given: readonly string[],
  objects: KeptObjects,
  { kinesis, lambda }: QuarantineClients,
  { stream, detectorFunction, all, data, json }: ReplayObjectsOptions,
  { out, error, signal }: QuarantineContext,
): Promise<void> {
  if (all && given.length > 0) throw new UsageError('replay needs either keys or --all, got both');
  if (!all && given.length === 0) throw new UsageError('replay needs either keys or --all, got neither');
  if (data !== undefined && given.length !== 1) throw new UsageError('--data needs exactly one key');
  const mended = data === undefined ? undefined : await readRecord(data, signal);
  // Records that are still bad return meanwhile. Only what is there at the start is replayed.
  const keys = all ? await allKeys(objects) : given;
  const parts = { objects, kinesis, lambda, streamName: stream, detectorFunction };
  let unsuccessful = 0;
  // If the lines go to a terminal, they show the progress.
  const bar = out.isTTY ? undefined : countBar(error, 'replayed', keys.length);
  try {
    for (const [index, key] of keys.entries()) {
      signal.throwIfAborted();
      const replayed = await replayObject(key, parts, mended).catch(nameOption);
      if (replayed.outcome === 'failed' || replayed.outcome === 'not found') unsuccessful++;
      await write(out, json ? jsonLine(replayed) : `${describeReplayed(replayed)}\n`);
      bar?.update(index + 1);
    }
  } finally {
    bar?.stop();
  }
  if (keys.length === 0 && !json) await write(out, 'nothing is set aside\n');
  if (unsuccessful > 0)
    throw new FailedError(`${unsuccessful} of ${plain.counted(keys.length, 'object')} not replayed`);
}

function nameOption(error: unknown): never {
  if (!(error instanceof MissingTargetError)) throw error;
  throw new UsageError('--stream must be given: the output StreamName of the stack has it');
}
