import type { Journal } from './journal.ts';
import type { MessagingApp } from './messaging-app.ts';

/** An object as the journal has it. */
interface KeptObject {
  /** Its type and metadata. */
  readonly headers: Readonly<Record<string, string>>;
  readonly base64: string;
}

/** What a journal key of an object holds, in this order. */
type ObjectName = readonly [bucket: string, key: string];

/** In front of the name, in the keys of the journal. */
const prefix = 's3 ';

const keptHeader = /^(content-type|x-amz-meta-.*)$/;

/** S3's encoding of a body in parts, without any: fauxqs does not take a request without a body. */
const noParts = { 'content-encoding': 'aws-chunked' };

/**
 * Keeps the objects of all buckets in a journal. A request that changes one is answered when the change is kept; if it cannot be
 * kept, with status 500.
 *
 * The object is read back after the change, whatever the request was: a put, a copy, the end of an upload in parts, a deletion.
 *
 * @returns what puts the kept objects into their buckets; changes before that are not kept
 */
export function keepObjects(app: MessagingApp, journal: Journal): () => Promise<void> {
  let isRestored = false;
  let turn: Promise<unknown> = Promise.resolve();

  async function note(name: ObjectName): Promise<void> {
    const { statusCode, headers, rawPayload } = await app.inject({ method: 'GET', url: pathOf(name) });
    if (statusCode !== 200) return journal.delete(keyOf(name));
    const kept = Object.entries(headers).filter(([header]) => keptHeader.test(header));
    const object: KeptObject = {
      headers: Object.fromEntries(kept.map(([header, value]) => [header, String(value)])),
      base64: rawPayload.toString('base64'),
    };
    journal.set(keyOf(name), object);
  }

  /** After a request that may have deleted many objects of a bucket. */
  async function forgetMissing(bucket: string): Promise<void> {
    for (const name of keptObjects(journal)) {
      if (name[0] !== bucket) continue;
      const { statusCode } = await app.inject({ method: 'HEAD', url: pathOf(name) });
      if (statusCode !== 200) journal.delete(keyOf(name));
    }
  }

  app.addHook('onSend', async ({ method, params }, { statusCode }, payload) => {
    const { bucket, '*': key = '' } = params;
    // Creating a bucket changes no object.
    const isChange = (key === '' ? ['POST'] : ['PUT', 'POST', 'DELETE']).includes(method) && statusCode < 300;
    if (!isRestored || bucket === undefined || !isChange) return payload;
    // One after another, so that what was read last is kept last.
    const noted = turn.then(() => (key === '' ? forgetMissing(bucket) : note([bucket, key])));
    turn = noted.catch(() => {});
    await noted;
    return payload;
  });

  return async () => {
    const buckets = new Set<string>();
    for (const name of keptObjects(journal)) {
      const [bucket] = name;
      if (!buckets.has(bucket)) await app.inject({ method: 'PUT', url: `/${bucket}` });
      buckets.add(bucket);
      const { headers, base64 } = journal.get(keyOf(name)) as KeptObject;
      const body = Buffer.from(base64, 'base64');
      const { statusCode } = await app.inject({
        method: 'PUT',
        url: pathOf(name),
        ...(body.length > 0
          ? { headers, payload: body }
          : { headers: { ...headers, ...noParts }, payload: '0\r\n\r\n' }),
      });
      if (statusCode !== 200) throw new Error(`${pathOf(name)} could not be restored: status ${statusCode}`);
    }
    isRestored = true;
  };
}

function keptObjects(journal: Journal): readonly ObjectName[] {
  return journal
    .keys()
    .filter((key) => key.startsWith(prefix))
    .map((key) => JSON.parse(key.slice(prefix.length)));
}

function keyOf(name: ObjectName): string {
  return `${prefix}${JSON.stringify(name)}`;
}

function pathOf([bucket, key]: ObjectName): string {
  return `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
}
