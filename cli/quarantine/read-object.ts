import { Readable } from 'node:stream';
import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';

/** The text of an object, or the bytes that it has if they are too many. */
export type ReadObject = { readonly text: string } | { readonly tooManyBytes: number };

/** @returns `undefined` if there is no such object */
export async function readObject(
  client: S3Client,
  place: { readonly Bucket: string; readonly Key: string },
  mostBytes: number,
  abortable: { readonly abortSignal?: AbortSignal },
): Promise<ReadObject | undefined> {
  try {
    const { Body, ContentLength = 0 } = await client.send(new GetObjectCommand(place), abortable);
    if (ContentLength <= mostBytes) return { text: (await Body?.transformToString()) ?? '' };
    // What is left in the connection would still be sent.
    if (Body instanceof Readable) Body.destroy();
    return { tooManyBytes: ContentLength };
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}
