import {
  CopyObjectCommand,
  DeleteObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { type Kept, readKept, UnknownObjectError } from './kept.ts';
import { quarantineLimits } from './quarantine-limits.ts';
import { readObject } from './read-object.ts';

/** Prefixes of what the service sets aside: records, then batches. This is the order of a replay. */
const prefixes = ['quarantine/', 'aws/lambda/'] as const;

/** Prefix of what was replayed. The list leaves it out. */
export const replayedPrefix = 'replayed/';

/** An object in the bucket: its content, or why that cannot be read. */
export type FoundObject =
  | { readonly key: string; readonly kept: Kept }
  | { readonly key: string; readonly kept?: undefined; readonly problem: string };

export interface KeptObjects {
  /** Keys of everything that is set aside: records first, in the order of each shard. */
  keys(): AsyncIterable<string>;
  /** @returns `undefined` if there is no such object */
  read(key: string): Promise<FoundObject | undefined>;
  /** Moves an object under `replayed/`. @returns its new key */
  markReplayed(key: string): Promise<string>;
}

export interface KeptObjectsOptions {
  /** Largest object that is read. */
  readonly mostBytes?: number;
  /** Ends listing and reading. A move is always completed. */
  readonly abortSignal?: AbortSignal;
}

export function keptObjects(
  client: S3Client,
  bucketName: string,
  { mostBytes = quarantineLimits.objectBytes, abortSignal }: KeptObjectsOptions = {},
): KeptObjects {
  const Bucket = bucketName;
  const abortable = abortSignal === undefined ? {} : { abortSignal };
  return {
    async *keys() {
      for (const Prefix of prefixes) {
        for await (const page of paginateListObjectsV2({ client }, { Bucket, Prefix }, abortable)) {
          for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
        }
      }
    },

    async read(key) {
      const object = await readObject(client, { Bucket, Key: key }, mostBytes, abortable);
      if (object === undefined) return undefined;
      if ('tooManyBytes' in object) return { key, problem: `it has ${object.tooManyBytes} bytes` };
      try {
        return { key, kept: readKept(object.text) };
      } catch (error) {
        if (error instanceof UnknownObjectError) return { key, problem: error.message };
        throw error;
      }
    },

    async markReplayed(key) {
      const CopySource = `${Bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
      const replayed = `${replayedPrefix}${key}`;
      await client.send(new CopyObjectCommand({ Bucket, CopySource, Key: replayed }));
      await client.send(new DeleteObjectCommand({ Bucket, Key: key }));
      return replayed;
    },
  };
}
