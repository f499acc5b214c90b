import { marshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import { dynamoClient } from '../../lambda/clients.ts';
import type { DetectorParts } from '../../lambda/detector/look-parts.ts';
import { RememberedRegimes } from '../../lambda/detector/remembered-regimes.ts';
import { eventKey } from '../../lambda/event.ts';
import { type RegimeLimits, regimeLimits } from '../../lambda/regime/regime-limits.ts';
import { rulesCache } from '../../lambda/rules/rules-cache.ts';
import { rulesTable } from '../../lambda/rules/rules-table.ts';
import { serviceOptions } from '../../lambda/service-options.ts';
import { realSurroundings } from '../../lambda/surroundings.ts';
import { changePointsTable } from '../../lambda/tables/change-points-table.ts';
import { eventReader } from '../../lambda/tables/events-table.ts';
import { regimeChunks } from '../../lambda/tables/regime-chunks.ts';
import { markOf, type Wave } from '../../lambda/tables/wave.ts';
import { InProcessTables } from './in-process-tables.ts';
import type { Item } from './partition.ts';
import type { TableCall } from './table-call.ts';

export const tableNames = { events: 'events', changePoints: 'change-points', rules: 'rules' } as const;

/** The variables without which no client starts. */
export const clientEnvironment = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
};

export function newTables(before?: (call: TableCall) => Promise<void> | undefined): InProcessTables {
  return new InProcessTables(
    {
      [tableNames.events]: 'eventKey',
      [tableNames.changePoints]: 'sortKey',
      [tableNames.rules]: 'sortKey',
    },
    before,
  );
}

/** What an instance of the detector works with, over the tables of this process. No change point is published. */
export function instanceOn(tables: InProcessTables, limits: RegimeLimits = regimeLimits): DetectorParts {
  const { requestHandler } = tables;
  const client = dynamoClient(clientEnvironment, requestHandler === undefined ? {} : { requestHandler });
  const { backoff, newId } = realSurroundings;
  return {
    ...realSurroundings,
    events: eventReader(client, tableNames.events),
    changePoints: changePointsTable(client, tableNames.changePoints, newId),
    chunks: regimeChunks(client, tableNames.changePoints, backoff),
    stored() {},
    remembered: new RememberedRegimes(limits, backoff.random),
    regimeLimits: limits,
    // Regimes stay as long as they are made: a set point would halve them.
    rules: rulesCache(
      rulesTable(client, tableNames.rules),
      serviceOptions({ maxRegimeLength: 100_000, alpha: 1e-9 }),
      realSurroundings.clock,
    ),
  };
}

const retentionSeconds = 365 * 24 * 3600;

/** Series that get readings of noise, one a second, with the keys of events that have no id of their own. */
export class Readings {
  readonly #tables: InProcessTables;
  readonly #random: () => number;
  readonly #counts = new Map<string, number>();
  #waves = 0;
  readonly #start = Date.now() - 24 * 3600 * 1000;

  constructor(tables: InProcessTables, random: () => number) {
    this.#tables = tables;
    this.#random = random;
  }

  /**
   * Takes the readings of a series out of the tables, but for the newest. An instance that remembers them does not read them again, and the
   * garbage collector of this process need not look at what would be stored elsewhere.
   */
  forget(seriesId: string): void {
    const { items } = this.#tables.partition(tableNames.events, seriesId);
    items.splice(0, items.length - 1);
  }

  /** Stores the next readings of a series. @returns their wave */
  store(seriesId: string, count: number): Wave {
    const partition = this.#tables.partition(tableNames.events, seriesId);
    const items = Array.from({ length: count }, () => {
      const index = this.#counts.get(seriesId) ?? 0;
      this.#counts.set(seriesId, index + 1);
      const timestamp = this.#start + index * 1000;
      const id = Math.floor(this.#random() * 2 ** 52).toString(16);
      return {
        seriesId: { S: seriesId },
        eventKey: { S: eventKey({ timestamp, eventId: id.padStart(32, '0') }) },
        value: { N: String(Math.round(1000 * this.#random()) / 10) },
        expiresAt: { N: String(Math.floor(timestamp / 1000) + retentionSeconds) },
      };
    });
    const [oldest, newest] = [items.at(0), items.at(-1)];
    const wave = { oldest: oldest?.eventKey.S ?? '', closing: newest?.eventKey.S ?? '', count };
    const mark = markOf(wave, String(this.#waves++).padStart(8, '0'));
    const M = marshall(mark) as Item;
    for (const item of items) partition.put(item === newest ? { ...item, wave: { M } } : item);
    return { ...wave, id: mark.id };
  }
}

/** The record of the events table's stream that tells a wave. */
export function recordOf(seriesId: string, wave: Wave, number: number): DynamoDBRecord {
  const { closing } = wave;
  const Keys: Record<string, AttributeValue> = { seriesId: { S: seriesId }, eventKey: { S: closing } };
  const M = marshall(markOf(wave, wave.id ?? String(number))) as Item;
  return {
    eventName: 'INSERT',
    dynamodb: { Keys, NewImage: { ...Keys, wave: { M } }, SequenceNumber: String(number) },
  };
}
