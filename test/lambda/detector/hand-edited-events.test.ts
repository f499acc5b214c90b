import { type AttributeValue, BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { detectorHandler } from '../../../lambda/detector/detector.ts';
import type { ReportEntry } from '../../../lambda/function-report.ts';
import { names } from '../../../local/resources.ts';
import { readChangePoints } from '../../../local/stored.ts';
import { newsIn } from '../../../web/server/pipeline-service.ts';
import { useBackend } from '../../use/backend.ts';

const backend = useBackend();
let count = 0;
let reported: ReportEntry[];

beforeEach(() => {
  reported = [];
});

type Attribute = Record<string, AttributeValue>;

const text = fc.string({ unit: 'binary', maxLength: 8 }).filter((one) => one.isWellFormed());
const bytes = fc.uint8Array({ maxLength: 9 });
/** Any number of the table: 38 digits, and magnitudes from 1e-130 to below 1e126. */
const number = fc.oneof(
  fc.constantFrom(
    '0',
    '-0',
    '9.9999999999999999999999999999999999999e125',
    '-1e-130',
    '12345678901234567890',
  ),
  fc
    .tuple(fc.integer(), fc.integer({ min: -120, max: 110 }))
    .map(([digits, exponent]) => `${digits}e${exponent}`),
);
const setOf = <T>(one: fc.Arbitrary<T>) =>
  fc.uniqueArray(one, { minLength: 1, maxLength: 3, selector: (value) => String(value) });

/** A value of each type that DynamoDB has. */
const { attribute } = fc.letrec<{ attribute: AttributeValue }>((tie) => ({
  attribute: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    text.map((S) => ({ S })),
    number.map((N) => ({ N })),
    bytes.map((B) => ({ B })),
    fc.boolean().map((BOOL) => ({ BOOL })),
    fc.constant({ NULL: true as const }),
    setOf(text.filter((one) => one !== '')).map((SS) => ({ SS })),
    setOf(fc.integer()).map((all) => ({ NS: all.map(String) })),
    setOf(bytes.filter(({ length }) => length > 0)).map((BS) => ({ BS })),
    fc.array(tie('attribute'), { maxLength: 3 }).map((L) => ({ L })),
    fc
      .dictionary(fc.oneof(text, fc.constantFrom('id', 'oldest', 'count')), tie('attribute'), {
        maxKeys: 3,
      })
      .map((M) => ({ M })),
  ),
}));

/** What somebody did to an item. */
interface Edit {
  readonly place: number;
  readonly name: string;
  /** `undefined` takes the attribute away. */
  readonly value: AttributeValue | undefined;
}

/** The checks of a clean clone edit several times as many items. */
const share = Number(process.env.SHARE_OF_ITEMS ?? 1);

const length = 24;
const edits = fc.array(
  fc.record<Edit>({
    // The last event is as it was, and brings the news of all.
    place: fc.integer({ min: 0, max: length - 2 }),
    name: fc.constantFrom('value', 'value', 'expiresAt', 'wave', 'note'),
    value: fc.option(attribute, { nil: undefined }),
  }),
  { maxLength: 8 },
);

/** A mark as the recorder makes it, or anything in its place. */
const marks = fc.oneof(fc.constant({ M: { id: { S: 'any' } } }), attribute);

/** Keys that no reading has. */
const keys = fc.uniqueArray(
  fc.constantFrom(
    '#',
    '2020',
    '2020-01-01T00:00:05.000Z',
    '2020-01-01T00:00:05Z#a',
    '2020-01-01T00:00:05.000Z+zz#a',
    '2020-01-01T00:99:05.000Z#a',
    'x#a',
  ),
  { maxLength: 3 },
);

const keyAt = (place: number) => `2020-01-01T00:00:${String(place).padStart(2, '0')}.000Z#e`;

function edited(edits: readonly Edit[]): readonly Attribute[] {
  return Array.from({ length }, (_, place) => {
    const item: Attribute = {
      eventKey: { S: keyAt(place) },
      value: { N: String((place < length / 2 ? 0 : 9) + (place % 3)) },
      wave: { M: { id: { S: 'one' } } },
    };
    for (const { name, value } of edits.filter((edit) => edit.place === place)) {
      if (value === undefined) delete item[name];
      else item[name] = value;
    }
    return item;
  });
}

async function put(seriesId: string, items: readonly Attribute[]) {
  const from = backend.tableStream.length;
  for (let start = 0; start < items.length; start += 25) {
    const requests = items
      .slice(start, start + 25)
      .map((item) => ({ PutRequest: { Item: { ...item, seriesId: { S: seriesId } } } }));
    await backend.clients.dynamoDb.send(
      new BatchWriteItemCommand({ RequestItems: { [names.eventsTable]: requests } }),
    );
  }
  return backend.tableStream.read(undefined, Number.POSITIVE_INFINITY).slice(from);
}

const changesOf = async (seriesId: string) =>
  (await readChangePoints(backend.clients))
    .filter((found) => found.seriesId === seriesId)
    .map(({ eventKey, changedEventKey, value, statistic }) => ({
      eventKey,
      changedEventKey,
      value,
      statistic,
    }));

test('a series goes on with what is left of it, whatever somebody made of its events, and what is no reading is told', async () => {
  await fc.assert(
    fc.asyncProperty(edits, keys, marks, fc.boolean(), async (edits, keys, wave, isOneFunction) => {
      const run = ++count;
      const report = (entry: ReportEntry) => reported.push(entry);
      const first = detectorHandler(backend.environment, report);
      // One that remembers the series goes on, or one that does not.
      const second = isOneFunction ? first : detectorHandler(backend.environment, report);
      const strangers = keys.map((S) => ({ eventKey: { S }, value: { N: '5' }, wave }));
      const items = edited(edits);
      const early = await put(`edited ${run}`, [...strangers, ...items.slice(0, 9)]);
      expect(await first({ Records: early })).toEqual({ batchItemFailures: [] });
      const late = await put(`edited ${run}`, items.slice(9));
      expect(await second({ Records: [...early, ...late] })).toEqual({ batchItemFailures: [] });
      for (const { reading } of [...early, ...late].map(newsIn))
        expect(Number.isFinite(reading?.value ?? 0) && Number.isFinite(reading?.time ?? 0)).toBe(true);

      const readable = items.filter(({ value }) => value?.N !== undefined);
      await detectorHandler(backend.environment, () => {})({
        Records: await put(
          `plain ${run}`,
          readable.map(({ eventKey, value, wave }) => ({ eventKey, value, wave }) as Attribute),
        ),
      });
      expect(await changesOf(`edited ${run}`)).toEqual(await changesOf(`plain ${run}`));
      const isTold = reported.some(
        ({ seriesId, error }) => seriesId === `edited ${run}` && String(error).includes('must have a number'),
      );
      if (readable.length < length) expect(isTold).toBe(true);
    }),
    { numRuns: 10 * share },
  );
});
