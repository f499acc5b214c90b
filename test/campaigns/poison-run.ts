import { deepStrictEqual } from 'node:assert';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { keptObjects } from '../../cli/quarantine/bucket.ts';
import { replayObject } from '../../cli/quarantine/replay-object.ts';
import { recorderHandler } from '../../lambda/recorder/recorder.ts';
import { deploymentLimits } from '../../lib/deployment-limits.ts';
import { startBackend } from '../../local/backend.ts';
import { localIdentity } from '../../local/clients.ts';
import { kinesisSource } from '../../local/event-source-mapping/kinesis-source.ts';
import { startMapping } from '../../local/event-source-mapping/mapping.ts';
import { names } from '../../local/resources.ts';
import { kinesisRecord } from '../lambda/kinesis-record.ts';
import { type Poison, poisonsOf } from './poisons.ts';

export interface PoisonCounts {
  readonly cases: number;
  readonly healthy: number;
  readonly quarantined: number;
  readonly recovered: number;
  readonly failures: readonly string[];
}

interface Case {
  readonly name: string;
  readonly seriesId: string;
  readonly poison: Poison;
  readonly key: string;
}

/**
 * Puts one bad record at every position of batches of every size, in a shard that all cases share. Kinds of bad records take turns.
 *
 * After each batch the table must hold every healthy event, and nothing else. The quarantine must hold the bad record
 * unchanged. Then the record is corrected and replayed through the stream. Its events must be in the table, once.
 */
export async function runPoison(largest: number, progress: (size: number) => void): Promise<PoisonCounts> {
  const backend = await startBackend();
  const { clients, resources, tableStream } = backend;
  const handler = recorderHandler(backend.environment, () => {});
  const source = kinesisSource(clients.kinesis, names.stream, resources.streamArn);
  const mapping = startMapping({
    source,
    functionName: names.recorderFunction,
    handler,
    limits: deploymentLimits.recorder,
    onFailure: () =>
      Promise.reject(new Error('a replayed record must be stored, and the mapping gave it up')),
  });
  const lambda = new LambdaClient({ ...localIdentity, endpoint: backend.endpoints.messaging });
  const objects = keptObjects(clients.s3, names.quarantineBucket);
  const parts = { objects, kinesis: clients.kinesis, lambda, streamName: names.stream };
  const counts = { cases: 0, healthy: 0, quarantined: 0, recovered: 0, failures: [] as string[] };
  let sequence = 0;
  let replayed = 0;
  const known = new Set<string>();

  /**
   * Series and value of each event that was new to the table since the last call. A replay stores what was healthy again, with
   * another mark of its wave: that is not new.
   */
  function arrived(): readonly string[] {
    const records = tableStream.read(undefined, Number.POSITIVE_INFINITY);
    const last = records.at(-1);
    if (last !== undefined) tableStream.trim(last.dynamodb.SequenceNumber);
    const added = records.filter(({ dynamodb: { NewImage = {} } }) => {
      const { seriesId, eventKey, value } = NewImage;
      const event = JSON.stringify([seriesId, eventKey, value]);
      return !known.has(event) && known.add(event);
    });
    // A wave is written in any order, but for its closing events.
    return added
      .map(({ dynamodb: { NewImage = {} } }) => `${NewImage.seriesId?.S} ${NewImage.value?.N}`)
      .toSorted();
  }

  async function poisonBatch(size: number, position: number): Promise<Case> {
    const name = `size ${size}, position ${position}`;
    const seriesId = `${size}/${position}`;
    const poisons = poisonsOf(seriesId);
    const poison = poisons[counts.cases % poisons.length] as Poison;
    const first = sequence;
    const Records = Array.from({ length: size }, (_, index) => {
      const value = index + 100;
      const data = JSON.stringify({
        seriesId: `${seriesId} ${index % 40}`,
        timestamp: Date.UTC(2020) + index,
        value,
      });
      return kinesisRecord(String(sequence++).padStart(20, '0'), index === position ? poison.data : data);
    });
    const expected = Array.from({ length: size }, (_, index) =>
      index === position
        ? poison.healthy.map((value) => `${seriesId} ${value}`)
        : [`${seriesId} ${index % 40} ${index + 100}`],
    ).flat();
    const key = `quarantine/shardId-000000000000/${String(first + position).padStart(20, '0')}.json`;
    deepStrictEqual(await handler({ Records }), { batchItemFailures: [] }, `${name}: the answer`);
    deepStrictEqual(arrived(), expected.toSorted(), `${name}: the events in the table`);
    counts.healthy += expected.length;
    const found = await objects.read(key);
    const kept = found?.kept?.kind === 'record' ? found.kept : undefined;
    deepStrictEqual(
      [kept?.data, kept?.problems.map(({ reason }) => reason)],
      [Buffer.from(poison.data).toString('base64'), [poison.reason]],
      `${name}, ${poison.name}: the record in quarantine`,
    );
    counts.quarantined++;
    return { name, seriesId, poison, key };
  }

  async function replayCases(cases: readonly Case[]): Promise<void> {
    for (const { key, name, poison } of cases) {
      const { outcome } = await replayObject(key, parts, poison.mended);
      deepStrictEqual(outcome, 'replayed', name);
    }
    replayed += cases.length;
    await mapping.doneWith(replayed);
    const missing = cases.flatMap(({ seriesId, poison: { recovered, healthy } }) =>
      recovered.filter((value) => !healthy.includes(value)).map((value) => `${seriesId} ${value}`),
    );
    deepStrictEqual(arrived(), missing.toSorted(), 'the events stored by the replay');
    counts.recovered += cases.length;
  }

  try {
    for (let size = 1; size <= largest; size++) {
      const cases: Case[] = [];
      for (let position = 0; position < size; position++) {
        counts.cases++;
        await attempt(async () => cases.push(await poisonBatch(size, position)));
      }
      await attempt(() => replayCases(cases));
      progress(size);
    }
    for await (const key of objects.keys()) counts.failures.push(`${key} is still in quarantine`);
    return counts;
  } finally {
    await mapping.stop();
    lambda.destroy();
    await backend.close();
  }

  /** Records the failure of a case, so that the next case can run. */
  async function attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      counts.failures.push(error instanceof Error ? error.message : String(error));
    }
  }
}
