import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { keptObjects } from '../../cli/quarantine/bucket.ts';
import { dynamoClient } from '../../lambda/clients.ts';
import { recorderHandler } from '../../lambda/recorder/recorder.ts';
import { eventReader } from '../../lambda/tables/events-table.ts';
import { names } from '../../local/resources.ts';
import { useBackend } from '../use/backend.ts';
import { kinesisRecord } from './kinesis-record.ts';

const backend = useBackend();
let count = 0;

afterEach(() => vi.useRealTimers());

const client = () => dynamoClient(backend.environment);

/** Records the values, each as JSON text and in a series of its own. @returns what became of each: a number or a reason */
async function record(texts: readonly string[]): Promise<readonly (number | string | undefined)[]> {
  const run = ++count;
  const data = texts
    .map((text, i) => `{"seriesId":"${run}/${i}","timestamp":1600000000000,"value":${text}}`)
    .join('\n');
  const sequenceNumber = String(run);
  const recorder = recorderHandler(backend.environment, () => {});
  expect(await recorder({ Records: [kinesisRecord(sequenceNumber, data)] })).toEqual({
    batchItemFailures: [],
  });
  const key = `quarantine/shardId-000000000000/${sequenceNumber}.json`;
  const found = await keptObjects(backend.clients.s3, names.quarantineBucket).read(key);
  const problems = found?.kept?.kind === 'record' ? found.kept.problems : [];
  const reader = eventReader(client(), names.eventsTable);
  return Promise.all(
    texts.map(async (_, index) => {
      const stored = [];
      for await (const page of reader.read(`${run}/${index}`, undefined, '9999')) stored.push(...page);
      const reason = problems.find(({ position }) => position === index)?.reason;
      if (stored.length + (reason === undefined ? 0 : 1) !== 1)
        throw new Error(`${texts[index]}: lost or doubled`);
      return stored[0]?.value ?? reason;
    }),
  );
}

/** Doubles by their bits: as many subnormals and extremes as the format has of them. */
const anyDouble = fc
  .bigInt({ min: 0n, max: 2n ** 64n - 1n })
  .map((bits) => new Float64Array(BigUint64Array.of(bits).buffer)[0] ?? 0)
  .filter(Number.isFinite);

test('any double comes back from the table as it was, or is set aside for its size', async () => {
  const doubles = fc.array(fc.oneof(anyDouble, fc.double({ noNaN: true, noDefaultInfinity: true })), {
    minLength: 1,
    maxLength: 40,
  });
  await fc.assert(
    fc.asyncProperty(doubles, async (values) => {
      const became = await record(
        values.map((value) => (Object.is(value, -0) ? '-0' : JSON.stringify(value))),
      );
      for (const [index, value] of values.entries()) {
        const magnitude = Math.abs(value);
        const fits = value === 0 || (magnitude >= 1e-130 && magnitude < 1e126);
        expect(became[index]).toBe(fits ? value + 0 : 'value-out-of-range');
      }
    }),
    { numRuns: 40 },
  );
});

test.each([
  ['minus zero, which is zero', '-0', 0],
  ['the smallest that is held', '1e-130', 1e-130],
  ['a little less', '9.9e-131', 'value-out-of-range'],
  ['the smallest normal double', '2.2250738585072014e-308', 'value-out-of-range'],
  ['a subnormal', '5e-324', 'value-out-of-range'],
  ['less than any double, which is zero', '1e-400', 0],
  ['1e125', '1e125', 1e125],
  ['1e126', '1e126', 'value-out-of-range'],
  ['the largest double', '1.7976931348623157e308', 'value-out-of-range'],
  ['more than any double', '1e309', 'bad-value'],
  ['2^53 + 1, which is no double: the nearest one', '9007199254740993', 2 ** 53],
  ['2^53 + 2', '9007199254740994', 2 ** 53 + 2],
  ['more digits than a double holds', '0.1000000000000000055511151231257827', 0.1],
  ['thirty digits', '123456789012345678901234567890', 1.2345678901234568e29],
  ['as written with an exponent', '1.5E+3', 1500],
])('%s', async (_, text, expected) => {
  expect(await record([text])).toEqual([expected]);
});

test('an item depends on no clock: the same event, arrived and recorded later, makes the same item', async () => {
  const recorder = recorderHandler(backend.environment, () => {});
  const data = '{"seriesId":"clock","timestamp":1600000000000,"value":1}';
  const early = kinesisRecord('1', data);
  const late = { ...early, kinesis: { ...early.kinesis, approximateArrivalTimestamp: 1_800_000_000 } };
  // The date alone is changed; time goes on.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('1999-01-01T00:00:00Z') });
  await recorder({ Records: [early] });
  const { length } = backend.tableStream;
  vi.setSystemTime(Date.parse('2050-01-01T00:00:00Z'));
  await recorder({ Records: [late] });
  const records = backend.tableStream.read(undefined, Number.POSITIVE_INFINITY).slice(length - 1);
  // The second write changes the mark alone, and not the item of another event.
  expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY']);
  for (const { dynamodb } of records) {
    expect(dynamodb.NewImage).toEqual({
      seriesId: { S: 'clock' },
      eventKey: { S: expect.stringMatching(/^2020-09-13T12:26:40\.000Z#[0-9a-f]{32}$/) },
      value: { N: '1' },
      expiresAt: { N: String(1_600_000_000 + 365 * 24 * 3600) },
      wave: { M: { id: { S: expect.stringMatching(/^[0-9a-f]{8}$/) } } },
    });
  }
});
