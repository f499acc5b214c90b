import type { IncomingHttpHeaders } from 'node:http';
import type { Target } from './schedule.ts';

/** One request of a function's instance to a store or the topic, and what became of it. */
export interface Call {
  readonly instance: Instance;
  /** Counts the invocations of the instance. */
  readonly invocation: number;
  /** The SDK's name for it, the same for its repeats. */
  readonly request: string;
  readonly target: Target;
  /** What it is about: the keys of the events that it writes, the series, the change point, the object. */
  readonly subjects: readonly string[];
  /** The subjects for which it took effect. */
  effective: readonly string[];
  /** Whether the instance was told so. */
  answered: boolean;
  /** Of a write of a HEAD: whether it holds a claim. */
  readonly claims: boolean;
}

/** What the log says of an instance. */
export interface Instance {
  readonly name: string;
  /** Whether its calls are let through. */
  alive: boolean;
  /** Whether a fault killed it; at the end of a run none is alive. */
  died: boolean;
}

interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface DynamoKey {
  readonly seriesId: { readonly S: string };
  readonly sortKey?: { readonly S: string };
  readonly eventKey?: { readonly S: string };
}

interface DynamoBody {
  readonly RequestItems?: Readonly<
    Record<string, readonly { readonly PutRequest: { readonly Item: DynamoKey } }[]>
  >;
  readonly Item?: DynamoKey & { readonly claimedBy?: unknown };
  readonly Key?: DynamoKey;
}

/** What a request is, from its wire form. */
export function classify({
  headers,
  body,
  method,
  url,
}: Request): Pick<Call, 'target' | 'subjects' | 'claims'> {
  const operation = String(headers['x-amz-target'] ?? '').split('.')[1];
  if (operation === undefined) {
    if (method === 'PUT') return { target: 'keep', subjects: [objectName(url)], claims: false };
    const form = new URLSearchParams(body.toString());
    return { target: 'publish', subjects: [publishedId(form)], claims: false };
  }
  const { RequestItems, Item, Key }: DynamoBody = JSON.parse(body.toString());
  switch (operation) {
    case 'BatchWriteItem': {
      const items = Object.values(RequestItems ?? {}).flat();
      return {
        target: 'write',
        subjects: items.map(({ PutRequest }) => eventName(PutRequest.Item)),
        claims: false,
      };
    }
    case 'PutItem':
      return Item?.sortKey?.S === 'HEAD'
        ? { target: 'head', subjects: [Item.seriesId.S], claims: Item.claimedBy !== undefined }
        : { target: 'store', subjects: [changePointName(Item)], claims: false };
    case 'UpdateItem':
      return { target: 'mark', subjects: [changePointName(Key)], claims: false };
    default:
      return { target: 'read', subjects: [], claims: false };
  }
}

/** `quarantine/<shard>/<sequence number>.json`, whatever the bucket. */
function objectName(url: string): string {
  return new URL(url, 'http://bucket').pathname.split('/').slice(2).join('/');
}

export function eventName({ seriesId, eventKey }: DynamoKey): string {
  return `${seriesId.S} ${eventKey?.S}`;
}

function changePointName(key: DynamoKey | undefined): string {
  return `${key?.seriesId.S} ${key?.sortKey?.S.slice('CP#'.length)}`;
}

function publishedId(form: URLSearchParams): string {
  const { seriesId, eventKey } = JSON.parse(JSON.parse(form.get('Message') ?? '{}').default);
  return `${seriesId} ${eventKey}`;
}
