import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { InProcessTables } from '../../bench/detector/in-process-tables.ts';
import { realBackoff } from '../../lambda/backoff.ts';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import { dynamoClient } from '../../lambda/clients.ts';
import { detectSeries } from '../../lambda/detector/detect-series.ts';
import { RememberedRegimes } from '../../lambda/detector/remembered-regimes.ts';
import { type Event, eventKey } from '../../lambda/event.ts';
import { publishPending } from '../../lambda/notify/publish-pending.ts';
import { regimeLimits } from '../../lambda/regime/regime-limits.ts';
import { mute, unmute } from '../../lambda/rules/mute.ts';
import { ruleTarget } from '../../lambda/rules/rule-target.ts';
import { rulesCache } from '../../lambda/rules/rules-cache.ts';
import { rulesTable } from '../../lambda/rules/rules-table.ts';
import { setOptions, unsetOptions } from '../../lambda/rules/set-options.ts';
import { detectorOptionsFromText } from '../../lambda/settings.ts';
import { realSurroundings } from '../../lambda/surroundings.ts';
import { changePointsTable } from '../../lambda/tables/change-points-table.ts';
import { eventReader, eventWriter } from '../../lambda/tables/events-table.ts';
import { pendingChangePoints } from '../../lambda/tables/pending-change-points.ts';
import { regimeChunks } from '../../lambda/tables/regime-chunks.ts';
import type { ChangePointName } from '../../lambda/tables/stored-change-point.ts';
import { names } from '../../local/resources.ts';
import { useBackend } from '../use/backend.ts';

const backend = useBackend();
const seriesId = 'compared';
const clock = () => new Date('2026-01-01T00:00:00Z');

const eventOf = (index: number, value: number): Event => ({
  seriesId,
  timestamp: clock().getTime() + index * 1000,
  value,
  eventId: 'e',
});

/** Looks of two instances at a series with a change, a late event and a correction. @returns what they found, and what is stored then */
async function looksOver(client: DynamoDBDocumentClient) {
  const toPublish: ChangePointName[] = [];
  let ids = 0;
  const newId = () => `id ${ids++}`;
  const limits = { ...regimeLimits, chunkPoints: 6, newestPoints: 2 };
  const writer = eventWriter(client, names.eventsTable, 365 * 24 * 3600, realBackoff);
  const events = eventReader(client, names.eventsTable);
  const chunks = regimeChunks(client, names.changePointsTable, realBackoff);
  const rules = rulesTable(client, names.rulesTable);
  const by = { table: rules, by: 'tester', clock, backoff: realBackoff };
  for (const practicalThreshold of [1, 2]) await setOptions(ruleTarget('comp*'), { practicalThreshold }, by);
  await setOptions(ruleTarget('other'), { alpha: 0.001 }, by);
  await unsetOptions(ruleTarget('other'), by);
  await mute(ruleTarget('comp*'), 1000, by);
  await mute(ruleTarget('other'), 1000, by);
  await unmute(ruleTarget('other'), by);
  const parts = [1, 2].map(() => ({
    ...realSurroundings,
    clock,
    newId,
    events,
    chunks,
    changePoints: changePointsTable(client, names.changePointsTable, newId),
    stored: (name: ChangePointName) => toPublish.push(name),
    remembered: new RememberedRegimes(limits, () => 0),
    regimeLimits: limits,
    rules: rulesCache(rules, detectorOptionsFromText({}), clock),
  }));
  const found: object[] = [];
  const published: string[] = [];
  const pending = pendingChangePoints(client, names.changePointsTable);
  /** Publishes what was stored, at the second attempt; the third finds it published. */
  const publish = async () => {
    for (const name of toPublish.splice(0)) {
      for (const isRefused of [true, false, false]) {
        const notifier = {
          async publish({ id }: SeriesChangePoint) {
            if (isRefused) throw new Error('refused');
            published.push(id);
          },
        };
        const publishing = publishPending(name, {
          ...realSurroundings,
          clock,
          newId,
          pending,
          notifier,
          onSetAside() {},
        });
        found.push({ publishing: await publishing.catch(String) });
      }
    }
  };
  const take = async (instance: number, some: readonly Event[]) => {
    await writer.write(some);
    const [first, last] = [some.at(0), some.at(-1)].map((event) =>
      event === undefined ? '' : eventKey(event),
    );
    const waves = [{ oldest: first ?? '', closing: last ?? '', count: some.length }];
    const on = parts[instance];
    if (on !== undefined) found.push(await detectSeries(seriesId, waves, on));
    await publish();
  };
  for (let index = 0; index < 60; index += 4) {
    const next = [0, 1, 2, 3].map((at) =>
      eventOf(index + at, (index + at < 20 ? 0 : 9) + ((index + at) % 3)),
    );
    await take((index / 4) % 2, next);
  }
  await take(0, [eventOf(40.5, 9)]);
  await take(1, [eventOf(50, 8), eventOf(60, 10)]);
  const stored: object[] = [];
  for await (const page of events.read(seriesId, undefined, '~')) stored.push(...page);
  const ruled: object[] = [];
  for (const scope of ['RULES', 'VERSIONS#OPTIONS#PATTERN#comp*', 'VERSIONS#OPTIONS#SERIES#other'])
    for await (const page of rules.read(scope)) ruled.push(...page);
  return { found, published, stored, ruled, ...(await chunks.read(seriesId)) };
}

test('the tables of the benchmarks answer as the emulator does', async () => {
  const tables = new InProcessTables({
    [names.eventsTable]: 'eventKey',
    [names.changePointsTable]: 'sortKey',
    [names.rulesTable]: 'sortKey',
  });
  const { requestHandler } = tables;
  const environment = backend.environment;
  const inProcess = await looksOver(
    dynamoClient(environment, requestHandler === undefined ? {} : { requestHandler }),
  );
  expect(inProcess).toEqual(await looksOver(dynamoClient(environment)));
  expect(inProcess.chunks.length).toBeGreaterThan(1);
  expect(inProcess.found).toContainEqual(expect.objectContaining({ changePoints: 1 }));
  expect(inProcess.published).toHaveLength(1);
  expect(inProcess.ruled).toHaveLength(3 + 1 + 2);
  expect(tables.usage.readUnits).toBeGreaterThan(0);
});
