import type { AttributeValue } from 'aws-lambda';
import type { Item } from './partition.ts';

interface Conditional {
  readonly Key?: Item;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeValues?: Item;
}

/** Whether the condition of a write holds for the item that is there. */
export function conditionHolds(input: Conditional, old: Item | undefined): boolean {
  const { ConditionExpression: condition, ExpressionAttributeValues: values = {} } = input;
  const isVersion = () => old?.version?.N === values[':version']?.N;
  const isOwn = () => old?.claimedBy !== undefined && old.claimedBy.S === values[':by']?.S;
  const isUnderWay = () =>
    Number(old?.claimedUntil?.N) > Number(values[':now']?.N) &&
    Number(old?.claimedUntil?.N) <= Number(values[':latest']?.N);
  switch (condition) {
    case undefined:
      return true;
    case 'attribute_not_exists(#version)':
      return old?.version === undefined;
    case '#version = :version':
      return isVersion();
    case '#version BETWEEN :low AND :high':
      return (
        Number(old?.version?.N) >= Number(values[':low']?.N) &&
        Number(old?.version?.N) <= Number(values[':high']?.N)
      );
    case 'attribute_not_exists(sortKey)':
      return old === undefined;
    case 'attribute_exists(sortKey) AND attribute_not_exists(retractedAt)':
      return old !== undefined && old.retractedAt === undefined;
    case 'attribute_exists(retractedAt)':
      return old?.retractedAt !== undefined;
    case 'attribute_not_exists(publishedAt) AND attribute_not_exists(pendingSince) AND attribute_not_exists(setAsideAt)':
      return [old?.publishedAt, old?.pendingSince, old?.setAsideAt].every((one) => one === undefined);
    case 'attribute_exists(pendingSince) AND (NOT (claimedUntil > :now AND claimedUntil <= :latest) OR claimedBy = :by)':
      return old?.pendingSince !== undefined && (!isUnderWay() || isOwn());
    case 'claimedBy = :by':
      return isOwn();
    case '#version = :version AND writeId = :writeId':
      return isVersion() && old?.writeId?.S === values[':writeId']?.S;
    case '#version = :version AND attribute_not_exists(writeId)':
      return isVersion() && old?.writeId === undefined;
    default:
      throw new RangeError(`a condition must be one that the detector uses, got ${condition}`);
  }
}

/** What an item says while it is published, or cannot be. */
const publishing = ['claimedBy', 'claimedUntil', 'refusedSince', 'setAsideAt', 'setAsideFor'] as const;

/** The item after an update. */
export function updated(input: Conditional, old: Item | undefined): Item {
  const { Key = {}, UpdateExpression: update, ExpressionAttributeValues: values = {} } = input;
  const item = { ...Key, ...old };
  switch (update) {
    case 'SET claimedBy = :by, claimedUntil = :until':
      return { ...item, ...named('claimedBy', values[':by']), ...named('claimedUntil', values[':until']) };
    case 'REMOVE claimedBy, claimedUntil':
      return without(item, ['claimedBy', 'claimedUntil']);
    case 'SET publishedAt = if_not_exists(publishedAt, :at) REMOVE claimedBy, claimedUntil, refusedSince, setAsideAt, setAsideFor, pendingSince':
      return { ...named('publishedAt', values[':at']), ...without(item, [...publishing, 'pendingSince']) };
    case 'SET publishedAt = if_not_exists(publishedAt, :at) REMOVE claimedBy, claimedUntil, refusedSince, setAsideAt, setAsideFor':
      return { ...named('publishedAt', values[':at']), ...without(item, publishing) };
    case 'SET retractedAt = :at, pendingSince = if_not_exists(pendingSince, :at)':
      return {
        ...named('pendingSince', values[':at']),
        ...item,
        ...named('retractedAt', values[':at']),
      };
    case 'SET #version = if_not_exists(#version, :first)':
      return { ...named('version', values[':first']), ...item };
    default:
      throw new RangeError(`an update must be one that the detector uses, got ${update}`);
  }
}

/** The attributes of a projection. A name that is a placeholder stands for that name. */
export function projected(
  item: Item,
  { ProjectionExpression }: { readonly ProjectionExpression?: string },
): Item {
  if (ProjectionExpression === undefined) return item;
  const names = ProjectionExpression.split(',').map((name) => name.trim().replace('#', ''));
  const entries = names.map((name): [string, AttributeValue | undefined] => [name, item[name]]);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, AttributeValue] => entry[1] !== undefined),
  );
}

function without(item: Item, names: readonly string[]): Item {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)));
}

function named(name: string, value: AttributeValue | undefined): Item {
  return value === undefined ? {} : { [name]: value };
}
