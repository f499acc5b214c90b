import { acknowledgementOf } from '../../lambda/acknowledgement.ts';
import { documentClient } from '../../lambda/document-client.ts';
import { hasTime } from '../../lambda/event.ts';
import { readableChangePoints } from '../../lambda/notify/readable-change-points.ts';
import { severalAtOnce } from '../../lambda/several-at-once.ts';
import { acknowledge, takeBackAcknowledgement, unacknowledged } from '../../lambda/tables/acknowledge.ts';
import { knownChangePointOf } from '../../lambda/tables/stored-change-point.ts';
import { pageLimits } from './page-limits.ts';
import type { PageTables } from './page-tables.ts';
import type { PageWrite } from './page-writes.ts';
import type { OnFollowed } from './untold-changes.ts';

/** The change points of a series that are acknowledged: one, or that one and all before it. */
interface Target {
  readonly seriesId: string;
  readonly eventKey: string;
  readonly only: boolean;
}

/** Number of series at once. */
const together = 8;

/**
 * Takes note of change points that the reader has seen. One that comes meanwhile stays red.
 *
 * @param onAcknowledged - called with each series when it is done, and the event key of the oldest that was written
 */
export function acknowledgeWrite(
  { dynamoDb, changePointsTable }: PageTables,
  onAcknowledged: (target: Target, oldest: string) => void,
): PageWrite {
  const client = documentClient(dynamoDb);
  return async ({ targets, by, note }) => {
    const wanted = targetsIn(targets);
    const acknowledgement = acknowledgementOf(
      { by: textIn('by', by), note: textIn('note', note ?? '') },
      new Date(),
    );
    let count = 0;
    async function acknowledgeOne(target: Target): Promise<void> {
      const { seriesId, eventKey, only } = target;
      const names = only ? [target] : await unacknowledged(client, changePointsTable, seriesId, eventKey);
      for (const name of names)
        if (await acknowledge(client, changePointsTable, name, acknowledgement)) count++;
      onAcknowledged(target, names[0]?.eventKey ?? eventKey);
    }
    const failures: unknown[] = [];
    await severalAtOnce(wanted, together, (target) =>
      acknowledgeOne(target).catch((error) => void failures.push(error)),
    );
    // The others are acknowledged, and the page has been told so.
    if (failures.length > 0) throw failures[0];
    return { acknowledged: count };
  };
}

/**
 * Takes back acknowledgements that the reader has seen. One that another has replaced stays.
 *
 * @param onTakenBack - called with each change point of which nobody has taken note any more
 */
export function takeBackWrite(
  { dynamoDb, changePointsTable }: PageTables,
  onTakenBack: OnFollowed,
): PageWrite {
  const client = documentClient(dynamoDb);
  return async ({ targets }) => {
    let count = 0;
    for (const { seriesId, eventKey, acknowledgedAt } of seenIn(targets)) {
      const name = { seriesId, eventKey };
      const stored = await takeBackAcknowledgement(client, changePointsTable, name, acknowledgedAt);
      if (stored === undefined) continue;
      count++;
      for (const found of readableChangePoints([{ ...stored }]))
        onTakenBack(knownChangePointOf(found), Date.parse(found.publishedAt ?? found.detectedAt));
    }
    return { takenBack: count };
  };
}

function seenIn(given: unknown): readonly (Target & { readonly acknowledgedAt: string })[] {
  return targetsIn(given).map((target, index) => {
    const { acknowledgedAt } = (given as readonly Readonly<Record<string, unknown>>[])[index] ?? {};
    return { ...target, acknowledgedAt: textIn('acknowledgedAt', acknowledgedAt) };
  });
}

function targetsIn(given: unknown): readonly Target[] {
  const rule = `targets must be a list of 1 to ${pageLimits.writtenSeries} objects with seriesId and the eventKey of an event`;
  if (!Array.isArray(given) || given.length === 0 || given.length > pageLimits.writtenSeries)
    throw new RangeError(`${rule}, got ${Array.isArray(given) ? `${given.length} of them` : typeof given}`);
  return given.map((one: unknown) => {
    const { seriesId, eventKey, only = false } = (one ?? {}) as Partial<Target>;
    const isWhole = typeof seriesId === 'string' && typeof eventKey === 'string' && typeof only === 'boolean';
    // A text that is no key may sort after all keys, and would stand for changes that nobody has seen.
    if (!isWhole || seriesId === '' || !hasTime(eventKey))
      throw new RangeError(`${rule}, got ${JSON.stringify(one)}`);
    return { seriesId, eventKey, only };
  });
}

/** @throws RangeError if it is no text */
export function textIn(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw new RangeError(`${name} must be a text, got ${JSON.stringify(value) ?? 'none'}`);
}
