import type { IncomingHttpHeaders } from 'node:http';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Telling } from '../../../lambda/tables/told-series.ts';
import type { FaultKind, Target } from './schedule.ts';

/** What is told of a series, once. */
export const toldName = (seriesId: string, id: string) => `${seriesId}\n${id}`;

/** One request of a function's instance to a store or the topic, and its outcome. */
export interface Call {
  readonly instance: Instance;
  /** Number of the instance's invocation, from 1. */
  readonly invocation: number;
  /** The SDK's id of the request, the same for its retries. */
  readonly request: string;
  readonly target: Target;
  /** The names of what it writes: events, the HEAD's series, a change point or an object. */
  readonly subjects: readonly string[];
  /** The subjects that were written. */
  effective: readonly string[];
  /** Whether the instance received the answer. */
  answered: boolean;
  /** What it met, if anything. */
  fault?: FaultKind;
}

/** An instance, as the log names it. */
export interface Instance {
  readonly name: string;
  /** Whether its calls are passed on. */
  alive: boolean;
  /** Whether a fault killed it. (At the end of a run no instance is alive.) */
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
    Record<
      string,
      readonly {
        readonly PutRequest?: { readonly Item: DynamoKey };
        readonly DeleteRequest?: { readonly Key: DynamoKey };
      }[]
    >
  >;
  readonly Item?: DynamoKey;
  readonly Key?: DynamoKey;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
}

/** Finds target and subjects of a request. */
export function classify({ headers, body, method, url }: Request): Pick<Call, 'target' | 'subjects'> {
  const operation = String(headers['x-amz-target'] ?? '').split('.')[1];
  if (operation === undefined) {
    if (method === 'PUT') return { target: 'keep', subjects: [objectName(url)] };
    const form = new URLSearchParams(body.toString());
    // Only people have a text for each protocol.
    if (form.get('MessageStructure') === 'json') return { target: 'tell', subjects: linesOf(form) };
    return { target: 'publish', subjects: [publishedId(form)] };
  }
  const { RequestItems, Item, Key, UpdateExpression, ExpressionAttributeValues }: DynamoBody = JSON.parse(
    body.toString(),
  );
  switch (operation) {
    case 'BatchWriteItem': {
      const items = Object.values(RequestItems ?? {})
        .flat()
        .flatMap(({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key ?? []);
      if (items.some(({ sortKey }) => sortKey !== undefined))
        return { target: 'write chunks', subjects: items.map(chunkName) };
      return { target: 'write', subjects: items.map(eventName) };
    }
    case 'PutItem':
      if (Item?.sortKey?.S === 'TOLD') return { target: 'remember', subjects: claimsIn(Item) };
      return Item?.sortKey?.S === 'HEAD'
        ? { target: 'head', subjects: [Item.seriesId.S] }
        : { target: 'store', subjects: [changePointName(Item)] };
    case 'UpdateItem':
      return { target: updateTarget(UpdateExpression), subjects: [changePointName(Key)] };
    default: {
      const isOfChunks = ExpressionAttributeValues?.[':head'] !== undefined;
      return { target: isOfChunks ? 'read chunks' : 'read', subjects: [] };
    }
  }
}

/** The lines of a message to people. */
function linesOf(form: URLSearchParams): readonly string[] {
  return JSON.parse(form.get('Message') ?? '{}').email.split('\n');
}

/** What the digest claims with the item of a series: its own claims come last. */
function claimsIn(item: DynamoKey): readonly string[] {
  const tellings = unmarshall(item as unknown as Record<string, AttributeValue>).tellings as Telling[];
  const by = tellings.at(-1)?.by;
  return tellings
    .filter((one) => one.by === by && one.isTold !== true && one.isHeld !== true)
    .map(({ id }) => toldName(item.seriesId.S, id));
}

/** A claim is made, or given back, or ended by the mark. */
function updateTarget(expression = ''): Target {
  if (expression.includes('publishedAt')) return 'mark';
  if (expression.includes('retractedAt')) return 'retract';
  return expression.startsWith('SET claimedBy') ? 'claim' : 'release';
}

/** The name of an object without its bucket: `quarantine/<shard>/<sequence number>.json`. */
function objectName(url: string): string {
  return new URL(url, 'http://bucket').pathname.split('/').slice(2).join('/');
}

export function eventName({ seriesId, eventKey }: DynamoKey): string {
  return `${seriesId.S} ${eventKey?.S}`;
}

function chunkName({ seriesId, sortKey }: DynamoKey): string {
  return `${seriesId.S} ${sortKey?.S}`;
}

function changePointName(key: DynamoKey | undefined): string {
  return `${key?.seriesId.S} ${key?.sortKey?.S.slice('CP#'.length)}`;
}

function publishedId(form: URLSearchParams): string {
  const { seriesId, eventKey, retractedAt } = JSON.parse(form.get('Message') ?? '{}');
  const subject = `${seriesId} ${eventKey}`;
  return retractedAt === undefined ? subject : retractionOf(subject);
}

/** The subject of the publication of a retraction. */
export function retractionOf(changePoint: string): string {
  return `${changePoint} retracted`;
}
