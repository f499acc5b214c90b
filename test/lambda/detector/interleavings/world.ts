import type { DetectorOptions, ResolvedOptions } from '@aed/core';
import { marshall } from '@aws-sdk/util-dynamodb';
import { InProcessTables } from '../../../../bench/detector/in-process-tables.ts';
import type { Item } from '../../../../bench/detector/partition.ts';
import type { TableCall } from '../../../../bench/detector/table-call.ts';
import { type SeriesChangePoint, tellingId } from '../../../../lambda/change-point.ts';
import { dynamoClient } from '../../../../lambda/clients.ts';
import { publishPending } from '../../../../lambda/notify/publish-pending.ts';
import { RuleSet } from '../../../../lambda/rules/rule-set.ts';
import type { RuleSource } from '../../../../lambda/rules/rules-cache.ts';
import { serviceOptions } from '../../../../lambda/service-options.ts';
import { changePointsTable } from '../../../../lambda/tables/change-points-table.ts';
import { eventReader } from '../../../../lambda/tables/events-table.ts';
import { pendingChangePoints } from '../../../../lambda/tables/pending-change-points.ts';
import { regimeChunks } from '../../../../lambda/tables/regime-chunks.ts';
import type { ChangePointName } from '../../../../lambda/tables/stored-change-point.ts';
import type { WaveMark } from '../../../../lambda/tables/wave.ts';
import { names } from '../../../../local/resources.ts';
import type { Interleaving, OptionsTarget } from './interleaving.ts';

export const seriesId = 's';

/** The tables of one series, and what a detector needs to work on them. */
export interface World {
  readonly tables: InProcessTables;
  readonly parts: Omit<ReturnType<typeof partsOf>, 'pending'>;
  /** What was told of change points. */
  readonly published: string[];
  /** Publishes what was stored, as the detector does beside its tests. */
  publish(): Promise<void>;
  /** Publishes what is pending in the table, whoever claims it, as the sweeper does in time. */
  sweep(): Promise<void>;
  readonly items: Item[];
  readonly events: Item[];
  /** The item of the HEAD. */
  head(): Item | undefined;
  deleteHead(): void;
  /** It expires a day after its time. */
  storeEvent(key: string, value: number, mark?: WaveMark): void;
  deleteEvent(key: string): void;
  /** In the HEAD as someone does by hand, or by a rule, which is there for the next look. */
  setOptions(target: OptionsTarget, options: DetectorOptions | undefined): void;
}

const retentionSeconds = 24 * 3600;

/** @param clock - shared by all worlds */
export function newWorld(
  options: Interleaving['options'],
  clock: () => Date,
  before?: (call: TableCall) => Promise<void> | undefined,
): World {
  const tables = new InProcessTables(
    { [names.eventsTable]: 'eventKey', [names.changePointsTable]: 'sortKey' },
    before,
  );
  const published: string[] = [];
  const stored: ChangePointName[] = [];
  const rules = new Map<string, DetectorOptions>();
  const { pending, ...parts } = partsOf(tables, options, clock, rules, stored);
  const notifier = {
    async publish(changePoint: SeriesChangePoint) {
      published.push(tellingId(changePoint));
    },
  };
  const changePoints = tables.partition(names.changePointsTable, seriesId);
  const events = tables.partition(names.eventsTable, seriesId);
  return {
    tables,
    published,
    async publish() {
      for (const name of stored.splice(0))
        await publishPending(name, { ...parts, pending, notifier, onSetAside() {} });
    },
    async sweep() {
      for (const { sortKey, eventKey, pendingSince, ...item } of [...changePoints.items]) {
        if (pendingSince === undefined || eventKey?.S === undefined) continue;
        const { claimedBy: _by, claimedUntil: _until, ...unclaimed } = item;
        changePoints.put({ ...unclaimed, sortKey: sortKey ?? { S: '' }, eventKey, pendingSince });
        await publishPending(
          { seriesId, eventKey: eventKey.S },
          { ...parts, pending, notifier, onSetAside() {} },
        );
      }
    },
    parts,
    items: changePoints.items,
    events: events.items,
    head: () => changePoints.get(headKey),
    deleteHead: () => changePoints.delete(headKey),
    storeEvent(key, value, mark) {
      const expiresAt = Math.floor(Date.parse(key.slice(0, 24)) / 1000) + retentionSeconds;
      events.put({
        seriesId: { S: seriesId },
        eventKey: { S: key },
        value: { N: String(value) },
        expiresAt: { N: String(expiresAt) },
        ...(mark && { wave: { M: marshall(mark) as Item } }),
      });
    },
    deleteEvent: (key) => events.delete({ seriesId: { S: seriesId }, eventKey: { S: key } }),
    setOptions(target, given) {
      rules.delete(target);
      if (given === undefined) return;
      if (target !== 'HEAD') {
        rules.set(target, given);
        return;
      }
      const M = Object.fromEntries(
        Object.entries(given).map(([name, value]) => [
          name,
          typeof value === 'number' ? { N: String(value) } : { S: String(value) },
        ]),
      );
      const old = changePoints.get(headKey) ?? { ...headKey, version: { N: '0' } };
      const version = { N: String(Number(old.version?.N) + 1) };
      changePoints.put({ ...old, version, options: { M } });
    },
  };
}

/** Without a cache: the rules as they stand. */
function ruleSource(rules: ReadonlyMap<string, DetectorOptions>, service: ResolvedOptions): RuleSource {
  const items = () => [...rules].map(([target, options]) => ({ sortKey: `OPTIONS#${target}`, options }));
  return { current: async () => new RuleSet(items(), service), problems: () => [] };
}

const headKey: Item = { seriesId: { S: seriesId }, sortKey: { S: 'HEAD' } };

function partsOf(
  tables: InProcessTables,
  options: Interleaving['options'],
  clock: () => Date,
  rules: ReadonlyMap<string, DetectorOptions>,
  toPublish: ChangePointName[],
) {
  const { requestHandler } = tables;
  const environment = { AWS_REGION: 'x', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };
  const client = dynamoClient(environment, requestHandler === undefined ? {} : { requestHandler });
  let ids = 0;
  const newId = () => `id ${ids++}`;
  const backoff = { wait: async () => {}, random: () => (ids++ * 0.618) % 1 };
  return {
    events: eventReader(client, names.eventsTable),
    changePoints: changePointsTable(client, names.changePointsTable, newId),
    chunks: regimeChunks(client, names.changePointsTable, backoff),
    pending: pendingChangePoints(client, names.changePointsTable),
    stored(name: ChangePointName) {
      toPublish.push(name);
    },
    clock,
    backoff,
    deadline: () => new AbortController().signal,
    newId,
    rules: ruleSource(rules, serviceOptions(options)),
  };
}

/** What the tables say, without what only tells how they came to it. */
export function answersOf({ items }: World): readonly object[] {
  return items
    .filter(({ sortKey }) => !sortKey?.S?.startsWith('HEAD#'))
    .map(
      ({
        version: _version,
        writeId: _writeId,
        chunks: _chunks,
        edition: _edition,
        ahead: _ahead,
        ...answer
      }) => answer,
    );
}
