import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InProcessTables } from '../../../bench/detector/in-process-tables.ts';
import type { Item } from '../../../bench/detector/partition.ts';
import {
  clientEnvironment,
  instanceOn,
  newTables,
  recordOf,
  tableNames,
} from '../../../bench/detector/service.ts';
import { realBackoff } from '../../../lambda/backoff.ts';
import { dynamoClient } from '../../../lambda/clients.ts';
import { detectSeries } from '../../../lambda/detector/detect-series.ts';
import { detectorHandler } from '../../../lambda/detector/detector.ts';
import type { DetectorParts } from '../../../lambda/detector/look-parts.ts';
import { detectorEnvironment } from '../../../lambda/environment/detector.ts';
import { eventKey } from '../../../lambda/event.ts';
import type { ReportEntry } from '../../../lambda/function-report.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { mute } from '../../../lambda/rules/mute.ts';
import { ruleTarget } from '../../../lambda/rules/rule-target.ts';
import { rulesCache } from '../../../lambda/rules/rules-cache.ts';
import { rulesTable } from '../../../lambda/rules/rules-table.ts';
import { setOptions, unsetOptions } from '../../../lambda/rules/set-options.ts';
import { optionsOfSeries } from '../../../lambda/service-options.ts';
import { detectorOptionsFromText } from '../../../lambda/settings.ts';
import { realSurroundings } from '../../../lambda/surroundings.ts';
import { changePointsTable } from '../../../lambda/tables/change-points-table.ts';
import type { Wave } from '../../../lambda/tables/wave.ts';
import { withMaps } from '../../../lambda/tables/with-maps.ts';
import { hostile } from '../any-stored.ts';
import { noRules } from '../no-rules.ts';

const start = Date.UTC(2026, 0, 1);
const service = detectorOptionsFromText({});

function clientOf({ requestHandler }: InProcessTables) {
  return dynamoClient(clientEnvironment, requestHandler === undefined ? {} : { requestHandler });
}

/** Stores a reading of a series, in the second of this number. @returns its wave */
function store(tables: InProcessTables, seriesId: string, second: number, value: number): Wave {
  const key = eventKey({ timestamp: start + 1000 * second, eventId: 'e' });
  tables.partition(tableNames.events, seriesId).put({
    seriesId: { S: seriesId },
    eventKey: { S: key },
    value: { N: String(value) },
    expiresAt: { N: String(start / 1000 + 1e6) },
  });
  return { oldest: key, closing: key, count: 1 };
}

/** A new level every twenty seconds. */
const stepped = (second: number) => 1000 * (Math.floor(second / 20) % 2) + (second % 3);

/** The change points in the table, as they travel. */
const foundIn = (tables: InProcessTables, seriesId: string): readonly Item[] =>
  tables
    .partition(tableNames.changePoints, seriesId)
    .items.filter(({ sortKey }) => sortKey?.S?.startsWith('CP#'));

test('in three instances a rule and a mute hold within the stated time, and say so; all looks of an instance share its reads', async () => {
  let now = start;
  let reads = 0;
  const tables = newTables(({ operation, input }) => {
    if (operation === 'Query' && input.TableName === tableNames.rules) reads++;
    return undefined;
  });
  const clock = () => new Date(now);
  const client = clientOf(tables);
  const table = rulesTable(client, tableNames.rules);
  const instances = [1, 2, 3].map(
    (): DetectorParts => ({
      ...instanceOn(tables),
      clock,
      rules: rulesCache(table, service, clock),
    }),
  );
  const parts = { table, by: 'tester', clock, backoff: realBackoff };
  const seconds = processingLimits.rulesCacheMs / 1000;
  const changes: Readonly<Record<number, () => Promise<unknown>>> = {
    30: () => setOptions(ruleTarget('a*'), { alpha: 0.02 }, parts),
    80: () => setOptions(ruleTarget('ab'), { alpha: 0.03 }, parts),
    130: () => unsetOptions(ruleTarget('ab'), parts),
    180: () => mute(ruleTarget('?b'), 60_000, parts),
    220: () => unsetOptions(ruleTarget('a*'), parts),
  };
  const expected = (second: number) => [
    second < 30 || second >= 220 ? '' : second >= 80 && second < 130 ? 'ab' : 'a*',
    second >= 180 && second < 240,
  ];
  const wrong: string[] = [];
  let found = 0;
  for (let second = 0; second < 280; second++) {
    now = start + 1000 * second;
    await changes[second]?.();
    const instance = instances[((second * 7919) % 31) % 3];
    if (instance === undefined) throw new Error('there must be three instances');
    for (const seriesId of second % 10 === 0 ? ['ab', 'other'] : ['ab']) {
      await detectSeries(seriesId, [store(tables, seriesId, second, stepped(second))], instance);
      const items = foundIn(tables, seriesId);
      if (seriesId === 'other') {
        if (items.some(({ rule, muted }) => rule !== undefined || muted !== undefined))
          wrong.push('other is ruled');
        continue;
      }
      const newest = items.length > found ? items.at(-1) : undefined;
      found = items.length;
      if (newest === undefined) continue;
      const said = JSON.stringify([newest.rule?.S ?? '', newest.muted?.BOOL === true]);
      const may = [second, second - seconds].map((at) => JSON.stringify(expected(at)));
      if (!may.includes(said)) wrong.push(`second ${second}: ${said} instead of ${may}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(found).toBeGreaterThan(10);
  expect(reads).toBeLessThanOrEqual(instances.length * (280 / seconds));
});

/** Looks at a series cold, and then warm, in a table with some items more. @returns its HEAD, and its change points */
async function looked(before: (client: DynamoDBDocumentClient) => Promise<void>) {
  const tables = newTables();
  const client = clientOf(tables);
  await before(client);
  const clock = () => new Date(start);
  const rules = rulesCache(rulesTable(client, tableNames.rules), service, clock);
  const waves = Array.from({ length: 44 }, (_, second) => store(tables, 's', second, stepped(second)));
  for (const some of [waves.slice(0, 15), waves.slice(15, 35), waves.slice(35)])
    await detectSeries('s', some, { ...instanceOn(tables), clock, rules });
  const changePoints = changePointsTable(client, tableNames.changePoints, realSurroundings.newId);
  return { head: await changePoints.head('s'), found: foundIn(tables, 's') };
}

const put = (client: DynamoDBDocumentClient, TableName: string, item: object) =>
  client.send(new PutCommand({ TableName, Item: withMaps(item) }));

describe('options of any type fail no series', () => {
  test('in a HEAD, where they stay as they are', async () => {
    const { found: usual } = await looked(async () => {});
    expect(usual).toHaveLength(1);
    await fc.assert(
      fc.asyncProperty(hostile, async (options) => {
        const { head, found } = await looked(async (client) => {
          await put(client, tableNames.changePoints, { seriesId: 's', sortKey: 'HEAD', version: 1, options });
        });
        // DynamoDB knows no −0.
        const stored = unmarshall(marshall(withMaps({ options })), { wrapNumbers: Number });
        expect(head.options).toEqual(stored.options);
        expect(head.testedThrough).toContain('00:00:43');
        if (optionsOfSeries(options, service).optionsError !== undefined) expect(found).toEqual(usual);
      }),
      { numRuns: 10 },
    );
  });

  test('in a rule', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (options, mutedUntil) => {
        const { head } = await looked(async (client) => {
          const scope = 'RULES';
          for (const sortKey of ['OPTIONS#PATTERN#*', 'MUTE#PATTERN#*', 'what'])
            await put(client, tableNames.rules, { scope, sortKey, options, mutedUntil });
        });
        expect(head.testedThrough).toContain('00:00:43');
      }),
      { numRuns: 10 },
    );
  });
});

test('wrong options are told once by an instance, and its batches succeed', async () => {
  const tables = newTables();
  const head = { sortKey: { S: 'HEAD' }, version: { N: '1' }, options: { S: 'alpha' } };
  tables.partition(tableNames.changePoints, 'a').put({ seriesId: { S: 'a' }, ...head });
  const wrong = { sortKey: { S: 'OPTIONS#PATTERN#b*' }, options: { M: { alpha: { S: '0.1' } } } };
  tables.partition(tableNames.rules, 'RULES').put({ scope: { S: 'RULES' }, ...wrong });
  const reported: ReportEntry[] = [];
  const { requestHandler } = tables;
  let now = start;
  const handler = detectorHandler(
    {
      ...clientEnvironment,
      ...detectorEnvironment.write({
        eventsTable: tableNames.events,
        changePointsTable: tableNames.changePoints,
        rulesTable: tableNames.rules,
        topicArn: 'arn:aws:sns:us-east-1:000000000000:none',
        options: service,
      }),
    },
    (entry) => reported.push(entry),
    {
      ...realSurroundings,
      clock: () => new Date(now),
      ...(requestHandler !== undefined && { requestHandler }),
    },
  );
  for (let second = 0; second < 30; second++) {
    now = start + 1000 * second;
    const Records = ['a', 'b'].map((id, index) =>
      recordOf(id, store(tables, id, second, 0), 2 * second + index),
    );
    expect(await handler({ Records })).toEqual({ batchItemFailures: [] });
  }
  expect(reported.filter(({ error }) => error !== undefined)).toEqual([
    {
      step: 'detector',
      seriesId: 'a',
      error: new RangeError('options must be an object with names, got a value of type String'),
      invalidOptions: 1,
    },
    {
      step: 'detector',
      rule: 'b*',
      error: new RangeError("alpha must be a number greater than 0 and less than 1, got '0.1'"),
      invalidOptions: 1,
    },
  ]);
});

test('rules that cannot be read fail the look, so that no series is tested with other options than its own', async () => {
  const tables = newTables();
  const broken = { ...noRules(service), current: () => Promise.reject(new Error('down')) };
  const looking = detectSeries('s', [store(tables, 's', 0, 1)], { ...instanceOn(tables), rules: broken });
  await expect(looking).rejects.toThrow('down');
});
