import { afterEach, beforeEach, expect, test } from 'vitest';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { recorderHandler } from '../../../lambda/recorder/recorder.ts';
import type { Environment } from '../../../lambda/settings.ts';
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
function written(seriesId?: string): readonly number[] {
  return backend.tableStream
    .read(undefined, Number.POSITIVE_INFINITY)
    .slice(from)
    .map(({ dynamodb }) => dynamodb.NewImage ?? {})
    .filter((item) => seriesId === undefined || item.seriesId?.S === seriesOf(seriesId))
    .map((item) => Number(item.value?.N));
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

test('each series comes through the table in its order, whatever stays unprocessed', async () => {
  let calls = 0;
  // Every item is left out of one call or two, by its value and the call.
  fault = (call, forward) => {
    calls++;
    return takeOnly((value) => (value * 7 + calls) % 3 === 0)(call, forward);
  };
  const handler = recorderHandler(environment, () => {});
  const Records = batch(60, (index) => `s${index % 4}`);
  expect(await handler({ Records })).toEqual({ batchItemFailures: [] });
  for (const series of [0, 1, 2, 3]) {
    expect(written(`s${series}`)).toEqual(Array.from({ length: 15 }, (_, i) => i * 4 + series));
  }
});

test('events that stay unprocessed: the first such record is named, and what came before is stored', async () => {
  fault = takeOnly((value) => value !== 7);
  const handler = recorderHandler(environment, () => {});
  const answer = await handler({ Records: batch(40, (index) => `s${index % 4}`) });
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '7' }] });
  // 4, 5 and 6 shared its call; nothing went after that call.
  expect([...written()].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test.each([
  ['throttled for ever', 'ProvisionedThroughputExceededException', 400],
  ['an internal error for ever', 'InternalServerError', 500],
])('%s: the first record of the call is named, and no other call follows', async (_, name, status) => {
  fault = async ({ body }, forward) => (body.includes('"N":"6"') ? refusal(name, status) : forward());
  const errors: unknown[] = [];
  const handler = recorderHandler(environment, ({ error }) => errors.push(error));
  const answer = await handler({ Records: batch(40, (index) => `s${index % 4}`) });
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '4' }] });
  expect(written()).toEqual([0, 1, 2, 3]);
  expect(errors).toEqual([expect.objectContaining({ name })]);
  expect(proxy.log).toHaveLength(1 + processingLimits.sdkAttempts);
});

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

test('a table that does not answer: before the time-out the record is named, and progress is kept', async () => {
  fault = async ({ body }, forward) => (body.includes('"N":"2"') ? undefined : forward());
  const errors: unknown[] = [];
  const handler = recorderHandler(environment, ({ error }) => errors.push(error));
  // The invocation has a second left for its work.
  const deadline = Date.now() + processingLimits.timeToAnswerMs + 1_000;
  const context = { getRemainingTimeInMillis: () => deadline - Date.now() };
  const answer = await handler({ Records: batch(10, () => 's') }, context);
  expect(context.getRemainingTimeInMillis()).toBeGreaterThan(0);
  // A slow machine may not come as far as the third, and end amid a write that takes effect.
  const named = Number(answer.batchItemFailures[0]?.itemIdentifier);
  expect([0, 1, 2]).toContain(named);
  expect([[0, 1].slice(0, named), [0, 1, 2].slice(0, named + 1)]).toContainEqual(written());
  expect(errors).toEqual([expect.objectContaining({ message: 'the invocation came near its time-out' })]);
});
