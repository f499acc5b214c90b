import { createHash } from 'node:crypto';
import type { StoredObject } from './stores.ts';

/** An object as the journal has it. */
export interface KeptObject {
  /** Its type and metadata. */
  readonly headers: Readonly<Record<string, string>>;
  readonly base64: string;
  /** Earlier versions kept neither of these. */
  readonly etag?: string;
  readonly lastModified?: string;
}

const metadataHeader = 'x-amz-meta-';

export function keptObject({ body, contentType, etag, lastModified, metadata }: StoredObject): KeptObject {
  const ofMetadata = Object.entries(metadata).map(([name, value]) => [`${metadataHeader}${name}`, value]);
  return {
    headers: { 'content-type': contentType, ...Object.fromEntries(ofMetadata) },
    base64: body.toString('base64'),
    etag,
    lastModified: lastModified.toISOString(),
  };
}

/** @param openedAt - counts as the time of the last change of an object of which that is not known */
export function objectOf(
  key: string,
  { headers, base64, etag, lastModified }: KeptObject,
  openedAt: Date,
): StoredObject {
  const { 'content-type': contentType = 'application/octet-stream', ...others } = headers;
  const body = Buffer.from(base64, 'base64');
  const metadata = Object.entries(others).map(([name, value]) => [name.slice(metadataHeader.length), value]);
  return {
    key,
    body,
    contentType,
    contentLength: body.length,
    etag: etag ?? `"${createHash('md5').update(body).digest('hex')}"`,
    lastModified: lastModified === undefined ? openedAt : new Date(lastModified),
    metadata: Object.fromEntries(metadata),
  };
}
