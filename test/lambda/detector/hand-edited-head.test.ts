import { PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  clientEnvironment,
  instanceOn,
  newTables,
  Readings,
  tableNames,
} from '../../../bench/detector/service.ts';
import { uniform } from '../../../cli/produce/random.ts';
import { dynamoClient } from '../../../lambda/clients.ts';
import { detectSeries } from '../../../lambda/detector/detect-series.ts';
import type { ChangePointName } from '../../../lambda/tables/stored-change-point.ts';
import { withMaps } from '../../../lambda/tables/with-maps.ts';
import { aChangePoint } from '../a-change-point.ts';
import { hostile } from '../any-stored.ts';

const seriesId = 'boiler-7';
const pending = aChangePoint({ seriesId });
const { eventKey } = pending;

/** A HEAD in which somebody wrote, and a look at a new reading. @returns the item of its change point, and what was to be published */
async function lookAfter(edited: object) {
  const tables = newTables();
  const partition = tables.partition(tableNames.changePoints, seriesId);
  const head = { seriesId, sortKey: 'HEAD', version: 1, ...edited };
  const { requestHandler } = tables;
  const client = dynamoClient(clientEnvironment, requestHandler === undefined ? {} : { requestHandler });
  await client.send(new PutCommand({ TableName: tableNames.changePoints, Item: withMaps(head) }));
  const wave = new Readings(tables, uniform(1)).store(seriesId, 1);
  const told: ChangePointName[] = [];
  const parts = { ...instanceOn(tables), stored: (name: ChangePointName) => told.push(name) };
  expect(await detectSeries(seriesId, [wave], parts)).toMatchObject({ tested: 1, changePoints: 0 });
  const at = (sortKey: string) => partition.get({ seriesId: { S: seriesId }, sortKey: { S: sortKey } });
  expect(at('HEAD')).not.toHaveProperty('pending');
  return { stored: at(`CP#${eventKey}`), items: partition.items, told };
}

test.each([
  ['without a time', undefined],
  ['with an empty one', ''],
])(
  'a change point that a HEAD holds as pending %s is stored by the next look, as pending',
  async (_, since) => {
    const { stored, told } = await lookAfter({ pending, pendingSince: since });
    expect(stored).toMatchObject({
      id: { S: pending.id },
      pendingSince: { S: expect.stringMatching(/^2.*Z$/) },
    });
    expect(told).toMatchObject([{ seriesId, eventKey }]);
  },
);

test('whatever a HEAD holds as pending: the series goes on, and what has the key of an event is stored under it', async () => {
  const fields = fc.dictionary(
    fc.constantFrom('eventKey', 'seriesId', 'sortKey', 'pendingSince', 'magnitude', 'grounds'),
    hostile,
    { maxKeys: 3 },
  );
  const anyPending = fc.oneof(
    hostile,
    fields.map((some) => ({ ...pending, ...some })),
    fc.constantFrom(`${eventKey}x`, 'x', '2026').map((key) => ({ ...pending, eventKey: key })),
  );
  await fc.assert(
    fc.asyncProperty(anyPending, async (edited) => {
      const { items, told } = await lookAfter({ pending: edited });
      const key = Object(edited).eventKey;
      const isKept = typeof key === 'string' && key.startsWith(eventKey);
      expect(told.map((one) => one.eventKey)).toEqual(isKept ? [key] : []);
      const keys = items.map(({ sortKey }) => sortKey?.S);
      expect(keys.sort()).toEqual(isKept ? [`CP#${key}`, 'HEAD'] : ['HEAD']);
    }),
    { numRuns: 15 },
  );
});

/** Fields that a HEAD has beside the start of its regime. */
const sound: Readonly<Record<string, object>> = {
  edition: { id: 'e', start: 0, digest: '0'.repeat(16) },
  chunks: { slot: 0, id: 'c', through: eventKey },
};
const inAField = fc
  .tuple(fc.constantFrom('testedThrough', 'edition', 'chunks', 'ahead', 'memory'), hostile)
  .map(([name, some]) => ({ [name]: some }));
const inAPart = fc
  .constantFrom(
    ...Object.entries(sound).flatMap(([name, whole]) => Object.keys(whole).map((part) => [name, part])),
  )
  .chain(([name = '', part = '']) => hostile.map((some) => ({ [name]: { ...sound[name], [part]: some } })));
const damagedField = fc.oneof(inAField, inAPart);

test('whatever a HEAD holds in a field without which the regime can be read anew: the series goes on', async () => {
  await fc.assert(
    fc.asyncProperty(damagedField, async (edited) => {
      const { items } = await lookAfter(edited);
      expect(items).toMatchObject([
        {
          testedThrough: { S: expect.stringMatching(/^2/) },
          edition: { M: { digest: { S: expect.any(String) } } },
        },
      ]);
    }),
    {
      numRuns: 60,
      examples: [
        [{ testedThrough: 7 }],
        [{ testedThrough: 'x' }],
        [{ edition: { id: 'e', start: 0, digest: 7 } }],
        [{ chunks: null }],
        [{ chunks: { slot: 1e300, id: 'c', through: eventKey } }],
      ],
    },
  );
});

test('a HEAD that does not tell where the regime starts fails its series with an error that names both', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, async (regimeAfter) => {
      await expect(lookAfter({ regimeAfter })).rejects.toThrow(
        /^the HEAD of boiler-7 has a regimeAfter that is no event key/,
      );
    }),
    { numRuns: 30, examples: [[null], ['x'], [7], [{}]] },
  );
});
