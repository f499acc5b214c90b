import { PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { historyReport, historyText } from '../../../cli/service/history-view.ts';
import { storedChangePoints } from '../../../cli/service/stored-series.ts';
import { dynamoClient } from '../../../lambda/clients.ts';
import { readableChangePoints } from '../../../lambda/notify/readable-change-points.ts';
import { changePointKey, knownChangePointOf } from '../../../lambda/tables/stored-change-point.ts';
import { withMaps } from '../../../lambda/tables/with-maps.ts';
import { names } from '../../../local/resources.ts';
import { exports } from '../../../web/server/export-csv.ts';
import { recall } from '../../../web/server/recall.ts';
import { boardChangeOf } from '../../../web/server/row-changes.ts';
import { readHistory } from '../../../web/server/series-history.ts';
import { aChangePoint } from '../../lambda/a-change-point.ts';
import { hostile } from '../../lambda/any-stored.ts';
import { useBackend } from '../../use/backend.ts';

const backend = useBackend();
const found = aChangePoint({ kind: 'shift', magnitudeInterval: { from: 0, to: 2 } });
const stored = { ...found, ...changePointKey(found), publishedAt: '2025-01-01T00:11:00.000Z' };
const optional = [
  'retractedAt',
  'pendingSince',
  'acknowledgedAt',
  'acknowledgedBy',
  'note',
  'muted',
  'rule',
  'trend',
];
const more = ['changedFrom', 'changedTo', 'falseAlarmEvery', 'grounds', 'setAsideAt', 'claimedUntil'];

test('what somebody edited is left out and told of, or can be shown by all that shows change points', () => {
  // A key is always text.
  const { sortKey: _, ...fields } = stored;
  const field = fc.constantFrom(...Object.keys(fields), ...optional, ...more);
  const value = fc.oneof(
    hostile,
    fc.constantFrom(undefined, 'x', 5, { median: 'x' }, { ...found.before, from: 5 }),
  );
  let readable = 0;
  fc.assert(
    fc.property(fc.dictionary(field, value, { minKeys: 1, maxKeys: 2 }), (edits) => {
      const told: string[] = [];
      const read = readableChangePoints([stored, { ...stored, ...edits }], (_, damage) => told.push(damage));
      expect(read).toHaveLength(2 - told.length);
      for (const damage of told) expect(damage).toMatch(/(in the item|delete the item)$/);
      readable += read.length - 1;
      const known = read.map(knownChangePointOf);
      expect(historyText('s', [], known)).toContain('2025');
      expect(JSON.stringify(historyReport('s', [], known))).not.toContain('NaN');
      exports.changes.rows(
        's',
        read.map((one) => ({ ...one })),
      );
      for (const one of known) expect(boardChangeOf(one, 0).size).not.toContain('NaN');
    }),
  );
  expect(readable).toBeGreaterThan(0);
});

test('a damaged change point keeps nobody from seeing the others, of its series and of all', async () => {
  const client = dynamoClient(backend.environment);
  const { eventKey } = found;
  const edited = [
    { ...stored, ...changePointKey({ ...found, eventKey: `${eventKey}2` }) },
    {
      ...stored,
      eventKey: `${eventKey}3`,
      ...changePointKey({ ...found, eventKey: `${eventKey}3` }),
      before: null,
    },
    { seriesId: found.seriesId, sortKey: 'CP#x' },
  ];
  const head = { seriesId: found.seriesId, sortKey: 'HEAD', version: 1, regimeAfter: 5 };
  for (const item of [stored, ...edited, head])
    await client.send(new PutCommand({ TableName: names.changePointsTable, Item: withMaps(item) }));
  const told: string[] = [];
  const table = storedChangePoints(client, names.changePointsTable, undefined, (key) => told.push(key));
  expect(await table.changePoints(found.seriesId)).toEqual([knownChangePointOf(stored)]);
  expect(told).toEqual(edited.map(({ sortKey }) => sortKey));
  expect(await table.all()).toMatchObject([{ changePoints: 1, unacknowledged: 1, lastChange: eventKey }]);
  const tables = {
    dynamoDb: backend.clients.dynamoDb,
    eventsTable: names.eventsTable,
    changePointsTable: names.changePointsTable,
  };
  const { changes, published } = await recall(tables);
  expect([changes.get(found.seriesId)?.newest, published]).toEqual([stored, [stored]]);
  const { history } = await readHistory(tables, found.seriesId, found.options);
  expect(history.seriesId).toBe(found.seriesId);
});
