import { afterEach, beforeEach, expect, test } from 'vitest';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { recorderHandler } from '../../../lambda/recorder/recorder.ts';
import type { Environment } from '../../../lambda/settings.ts';
import { waveClosedBy } from '../../../lambda/tables/wave.ts';
import type { TableStreamRecord } from '../../../local/emulators/table-stream.ts';
import { names } from '../../../local/resources.ts';
import { useBackend } from '../../use/backend.ts';
import { type Fault, faultyProxy, refusal } from '../faulty-proxy.ts';
import { kinesisRecord } from '../kinesis-record.ts';

const backend = useBackend();
let fault: Fault;
let proxy: Awaited<ReturnType<typeof faultyProxy>>;
let environment: Environment;
let from: number;

beforeEach(async () => {
  from = backend.tableStream.length;
  fault = (_, forward) => forward();
  proxy = await faultyProxy(backend.endpoints.dynamoDb, (call, forward) => fault(call, forward));
  environment = { ...backend.environment, AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint };
});
afterEach(() => proxy.close());

let count = 0;
beforeEach(() => {
  count++;
});

const seriesOf = (seriesId: string) => `${count} ${seriesId}`;
const record = (index: number, seriesId: string) =>
  kinesisRecord(
    String(index),
    JSON.stringify({ seriesId: seriesOf(seriesId), timestamp: Date.UTC(2020) + index, value: index }),
  );
const batch = (count: number, seriesOfIndex: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => record(index, seriesOfIndex(index)));

/** Values that reached the table's stream in this test, in its order. */
function written(seriesId?: string, isNews = (_: TableStreamRecord) => true): readonly number[] {
  return backend.tableStream
    .read(undefined, Number.POSITIVE_INFINITY)
    .slice(from)
    .filter(isNews)
    .map(({ dynamodb }) => dynamodb.NewImage ?? {})
    .filter((item) => seriesId === undefined || item.seriesId?.S === seriesOf(seriesId))
    .map((item) => Number(item.value?.N));
}

/** Of these, the values of items that close a wave. */
function told(seriesId?: string): readonly number[] {
  return written(seriesId, (record) => waveClosedBy(record) !== undefined);
}

interface BatchWrite {
  readonly RequestItems: Record<
    string,
    { readonly PutRequest: { readonly Item: { value: { N: string } } } }[]
  >;
}

/** Takes the items that it is told to, and leaves the others unprocessed. */
function takeOnly(isTaken: (value: number) => boolean): Fault {
  return async ({ body }, forward) => {
    const requests = (JSON.parse(body) as BatchWrite).RequestItems[names.eventsTable] ?? [];
    const taken = requests.filter(({ PutRequest }) => isTaken(Number(PutRequest.Item.value.N)));
    const left = requests.filter((request) => !taken.includes(request));
    if (taken.length > 0) await forward(JSON.stringify({ RequestItems: { [names.eventsTable]: taken } }));
    const UnprocessedItems = left.length > 0 ? { [names.eventsTable]: left } : {};
    return { status: 200, body: JSON.stringify({ UnprocessedItems }) };
  };
}

test('the newest event of each series comes through the table last, whatever stays unprocessed', async () => {
  // Every item is left out of one call or two. Each counts its own: calls under way together come in any order.
  const calls = new Map<number, number>();
  fault = takeOnly((value) => {
    const before = calls.get(value) ?? 0;
    calls.set(value, before + 1);
    return before > value % 2;
  });
  const handler = recorderHandler(environment, () => {});
  const Records = batch(60, (index) => `s${index % 4}`);
  expect(await handler({ Records })).toEqual({ batchItemFailures: [] });
  for (const series of [0, 1, 2, 3]) {
    const values = Array.from({ length: 15 }, (_, i) => i * 4 + series);
    expect([...written(`s${series}`)].sort((a, b) => a - b)).toEqual(values);
    expect(written(`s${series}`).at(-1)).toBe(values.at(-1));
  }
});

test('an event that stays unprocessed: the first record of its series is named, and the others are told', async () => {
  fault = takeOnly((value) => value !== 7);
  const handler = recorderHandler(environment, () => {});
  const Records = batch(40, (index) => `s${index % 4}`);
  expect(await handler({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: '3' }] });
  const all = Array.from({ length: 40 }, (_, index) => index);
  expect([...written()].sort((a, b) => a - b)).toEqual(all.filter((value) => value !== 7 && value !== 39));
  expect([...told()].sort((a, b) => a - b)).toEqual([36, 37, 38]);

  fault = (_, forward) => forward();
  expect(await handler({ Records: Records.slice(3) })).toEqual({ batchItemFailures: [] });
  expect(told('s3')).toEqual([39]);
  expect([...written('s3')].sort((a, b) => a - b)).toEqual(all.filter((value) => value % 4 === 3));
});

test.each([
  ['throttled for ever', 'ProvisionedThroughputExceededException', 400],
  ['an internal error for ever', 'InternalServerError', 500],
])(
  '%s: the first record of the call is named, and the series of other calls are told',
  async (_, name, status) => {
    fault = async ({ body }, forward) => (body.includes('"N":"6"') ? refusal(name, status) : forward());
    const errors: unknown[] = [];
    const handler = recorderHandler(environment, ({ error }) => errors.push(error));
    // The call holds the older events of s0 and s1, and most of s2.
    const answer = await handler({ Records: batch(40, (index) => `s${index % 4}`) });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '0' }] });
    expect(told()).toEqual([39]);
    expect(written('s3')).toHaveLength(10);
    expect([...written('s0'), ...written('s1')]).toEqual([]);
    expect(errors).toEqual([expect.objectContaining({ name })]);
    expect(proxy.log).toHaveLength(processingLimits.sdkAttempts + 2);
  },
);

test('a write that took effect before its answer was lost is repeated without effect', async () => {
  let lost = 0;
  fault = async (_, forward) => {
    const answer = await forward();
    return lost++ === 0 ? refusal('InternalServerError', 500) : answer;
  };
  const handler = recorderHandler(environment, () => {});
  expect(await handler({ Records: batch(3, () => 's') })).toEqual({ batchItemFailures: [] });
  expect(written()).toEqual([0, 1, 2]);
});

test('half a call written, then an internal error: the retry of the batch completes it', async () => {
  let isBroken = true;
  const half = takeOnly((value) => value % 2 === 1);
  fault = async (call, forward) => {
    if (!isBroken) return forward();
    return proxy.log.length === 1 ? half(call, forward) : refusal('InternalServerError', 500);
  };
  const handler = recorderHandler(environment, () => {});
  const Records = batch(10, (index) => `s${index}`);
  expect(await handler({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: '0' }] });
  expect([...written()].sort((a, b) => a - b)).toEqual([1, 3, 5, 7, 9]);
  isBroken = false;
  expect(await handler({ Records })).toEqual({ batchItemFailures: [] });
  // Each write of a wave is told, also one that stores the same event again.
  expect([...written()].sort((a, b) => a - b)).toEqual([0, 1, 1, 2, 3, 3, 4, 5, 5, 6, 7, 7, 8, 9, 9]);
});

test('records that take long to read: before the time-out the first that is unread is named, and those before it are told', async () => {
  // While a record is read no timer can run, so each takes a second of this clock.
  let left = processingLimits.timeToAnswerMs + 6_000;
  const context = {
    getRemainingTimeInMillis() {
      left -= 1_000;
      return left;
    },
  };
  const handler = recorderHandler(environment, () => {});
  const answer = await handler({ Records: batch(20, () => 's') }, context);
  expect(left).toBeGreaterThanOrEqual(processingLimits.timeToAnswerMs);
  const named = Number(answer.batchItemFailures[0]?.itemIdentifier);
  expect(named).toBeGreaterThan(0);
  expect(told()).toEqual([named - 1]);
});

test('a table that does not answer: before the time-out the record is named, and progress is kept', async () => {
  const { waveSize } = processingLimits;
  const hanging = `"N":"${waveSize + 2}"`;
  fault = async ({ body }, forward) => (body.includes(hanging) ? undefined : forward());
  const errors: unknown[] = [];
  const handler = recorderHandler(environment, ({ error }) => errors.push(error));
  // The invocation has two seconds left for its work.
  const deadline = Date.now() + processingLimits.timeToAnswerMs + 2_000;
  const context = { getRemainingTimeInMillis: () => deadline - Date.now() };
  const answer = await handler({ Records: batch(waveSize + 10, () => 's') }, context);
  expect(context.getRemainingTimeInMillis()).toBeGreaterThan(0);
  // A slow machine may not come as far as the second wave, and end amid a write that takes effect.
  const named = Number(answer.batchItemFailures[0]?.itemIdentifier);
  expect([0, waveSize]).toContain(named);
  expect([[], [waveSize - 1]].slice(named === 0 ? 0 : 1)).toContainEqual(told());
  expect(errors).toEqual([expect.objectContaining({ message: 'the invocation came near its time-out' })]);
});
