import {
  DeleteObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { EventReading } from '../../lambda/record/event-reading.ts';
import { quarantineLimits } from '../quarantine/quarantine-limits.ts';
import { readObject } from '../quarantine/read-object.ts';
import { type CutObject, cutObject } from './cut-object.ts';
import type { Forgettable, LeftOver } from './forgettable.ts';

/** What was set aside, and what went back. */
const prefixes = ['quarantine/', 'aws/lambda/', 'replayed/'];

/** An object that is too large to be read may hold the series. */
type CutByKey = (CutObject | { readonly holds: 'too much' }) & { readonly key: string };

/**
 * What the quarantine holds of a series. Every object is read, since none is named after a series.
 *
 * An object that holds other series too is stored anew without this one.
 */
export function quarantinedSeries(
  client: S3Client,
  bucket: string,
  seriesId: string,
  reading: EventReading,
  signal: AbortSignal,
): Forgettable {
  const abortable = { abortSignal: signal };

  async function cut(key: string): Promise<CutByKey> {
    const object = await readObject(
      client,
      { Bucket: bucket, Key: key },
      quarantineLimits.objectBytes,
      abortable,
    );
    if (object === undefined) return { key, holds: 'nothing' };
    if ('tooManyBytes' in object) return { key, holds: 'too much' };
    return { key, ...cutObject(object.text, seriesId, reading) };
  }

  /** The objects that hold something of it, or may; some are read at once. */
  async function* holding(): AsyncGenerator<CutByKey> {
    for (const Prefix of prefixes) {
      const pages = paginateListObjectsV2(
        { client, pageSize: quarantineLimits.objectsAtOnce },
        { Bucket: bucket, Prefix },
        abortable,
      );
      for await (const { Contents = [] } of pages) {
        signal.throwIfAborted();
        const found = await Promise.all(Contents.map(({ Key = '' }) => cut(Key)));
        yield* found.filter(({ holds }) => holds !== 'nothing');
      }
    }
  }

  return {
    name: 'quarantined objects',

    async count() {
      let count = 0;
      // One that is too large to be read holds no more of this series than of any other, as far as anyone knows.
      for await (const { holds } of holding()) if (holds !== 'too much') count++;
      return count;
    },

    async delete(onDeleted) {
      const left: LeftOver[] = [];
      for await (const found of holding()) {
        const { key: Key } = found;
        if (found.holds === 'it, inseparably' || found.holds === 'too much') {
          left.push({ key: Key, why: found.holds === 'too much' ? 'too large' : 'inseparable' });
          continue;
        }
        if (found.holds === 'others too')
          await client.send(
            new PutObjectCommand({
              Bucket: bucket,
              Key,
              ContentType: 'application/json',
              Body: found.rest,
            }),
          );
        else await client.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
        onDeleted(1);
      }
      return left;
    },
  };
}
