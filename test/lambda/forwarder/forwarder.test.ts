import { createServer } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { busEvent, callsOf } from '../../../lambda/forwarder/bus-event.ts';
import { forwarderHandler } from '../../../lambda/forwarder/forwarder.ts';
import type { ReportEntry } from '../../../lambda/function-report.ts';
import { type Emulator, emulatorOn } from '../../../local/emulators/emulator.ts';
import { aChangePoint } from '../a-change-point.ts';

interface Entry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  readonly EventBusName: string;
}

/** Stands for EventBridge: takes an entry, or says why not. */
let refusal: (entry: Entry) => string | undefined;
let isDown: boolean;
/** What it answers to who asks for the bus, if that is an error. */
let described: string | undefined;
let askedFor: unknown[];
let calls: Entry[][];
let bus: Emulator;
let reported: ReportEntry[];

beforeAll(async () => {
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const { Entries, Name } = JSON.parse(Buffer.concat(pieces).toString()) as {
      Entries: Entry[];
      Name: unknown;
    };
    const type = { 'content-type': 'application/x-amz-json-1.1' };
    if (request.headers['x-amz-target'] === 'AWSEvents.DescribeEventBus') {
      askedFor.push(Name);
      response.writeHead(described === undefined ? 200 : 400, type);
      response.end(JSON.stringify(described === undefined ? { Name } : { __type: described }));
      return;
    }
    calls.push(Entries);
    // As PutEvents answers, with status 200: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
    const results = Entries.map((entry, index) => {
      const ErrorCode = refusal(entry);
      return ErrorCode === undefined ? { EventId: String(index) } : { ErrorCode, ErrorMessage: 'no' };
    });
    const FailedEntryCount = results.filter((result) => 'ErrorCode' in result).length;
    response.writeHead(isDown ? 400 : 200, type);
    response.end(
      JSON.stringify(isDown ? { __type: 'ValidationException' } : { FailedEntryCount, Entries: results }),
    );
  });
  bus = await emulatorOn(server);
});
afterAll(() => bus.close());
beforeEach(() => {
  refusal = () => undefined;
  isDown = false;
  described = undefined;
  askedFor = [];
  calls = [];
  reported = [];
});

const record = (messageId: string, body: string) => ({ messageId, receiptHandle: messageId, body });
const changePoint = (id: string, more: object = {}) =>
  record(id, JSON.stringify({ ...aChangePoint({ id, seriesId: `series ${id}` }), ...more }));

const forwarder = () =>
  forwarderHandler(
    {
      EVENT_BUS: 'plant',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL_EVENTBRIDGE: bus.endpoint,
    },
    (entry) => reported.push(entry),
  );

describe('the forwarder', () => {
  test('puts each change point as an event on the bus, and what is retracted as one of another type', async () => {
    const [found, retracted] = [
      changePoint('a'),
      changePoint('b', { retractedAt: '2026-01-01T00:00:00.000Z' }),
    ];
    expect(await forwarder()({ Records: [found, retracted] })).toEqual({ batchItemFailures: [] });
    const common = { Source: 'aed', EventBusName: 'plant' };
    expect(calls).toEqual([
      [
        { ...common, DetailType: 'Change Point Detected', Detail: found.body },
        { ...common, DetailType: 'Change Point Retracted', Detail: retracted.body },
      ],
    ]);
    expect(reported).toEqual([{ step: 'forwarder', forwarded: 2, refused: 0, foreign: 0 }]);
  });

  test('lets come again what the bus refuses, and nothing else, though the call succeeds', async () => {
    refusal = ({ Detail }) => (JSON.parse(Detail).id === 'b' ? 'ThrottlingException' : undefined);
    const Records = ['a', 'b', 'c'].map((id) => changePoint(id));
    expect(await forwarder()({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: 'b' }] });
    expect(String(reported[0]?.error)).toBe('Error: the event bus refused 1 of 3: ThrottlingException no');
    expect(reported[1]).toEqual({ step: 'forwarder', forwarded: 2, refused: 1, foreign: 0 });
  });

  test('puts on in the next call what one does not take, also after something was refused', async () => {
    const Records = Array.from({ length: 25 }, (_, index) => changePoint(`${index}`));
    for (const refused of [[], ['3']]) {
      calls = [];
      refusal = ({ Detail }) => (refused.includes(JSON.parse(Detail).id) ? 'InternalFailure' : undefined);
      const { batchItemFailures } = await forwarder()({ Records });
      expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(refused);
      expect(calls.map(({ length }) => length)).toEqual([10, 10, 5]);
      expect(calls.flat().map(({ Detail }) => Detail)).toEqual(Records.map(({ body }) => body));
    }
  });

  test('lets all come again while the bus is down, after one call', async () => {
    isDown = true;
    const Records = Array.from({ length: 12 }, (_, index) => changePoint(`${index}`));
    const { batchItemFailures } = await forwarder()({ Records });
    expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(
      Records.map(({ messageId }) => messageId),
    );
    expect(calls).toHaveLength(1);
  });

  test('lets all come again while there is no such bus, though it seems to take everything', async () => {
    described = 'ResourceNotFoundException';
    refusal = ({ Detail }) => (JSON.parse(Detail).id === 'b' ? 'InternalFailure' : undefined);
    const Records = ['a', 'b', 'c'].map((id) => changePoint(id));
    expect(await forwarder()({ Records })).toEqual({
      batchItemFailures: ['a', 'b', 'c'].map((itemIdentifier) => ({ itemIdentifier })),
    });
    expect(askedFor).toEqual(['plant']);
    expect(String(reported[1]?.error)).toBe(
      "RangeError: eventBus must be a bus that exists, got 'plant', and what is put there is lost: make it, or change the setting",
    );
    expect(reported[2]).toEqual({ step: 'forwarder', forwarded: 0, refused: 3, foreign: 0 });
  });

  test('believes the bus where it may not ask for it', async () => {
    described = 'AccessDeniedException';
    expect(await forwarder()({ Records: [changePoint('a')] })).toEqual({ batchItemFailures: [] });
    expect(reported).toEqual([{ step: 'forwarder', forwarded: 1, refused: 0, foreign: 0 }]);
  });

  test('asks for the bus only if that has taken something', async () => {
    refusal = () => 'InternalFailure';
    await forwarder()({ Records: [changePoint('a'), record('x', 'no JSON')] });
    isDown = true;
    await forwarder()({ Records: [changePoint('a')] });
    await forwarder()({ Records: [record('x', 'no JSON')] });
    expect(askedFor).toEqual([]);
  });

  test('puts what is delivered twice twice, of which the id tells', async () => {
    const [first, again] = [changePoint('a'), { ...changePoint('a'), messageId: 'again' }];
    expect(await forwarder()({ Records: [first, again] })).toEqual({ batchItemFailures: [] });
    expect(calls.flat().map(({ Detail }) => JSON.parse(Detail).id)).toEqual(['a', 'a']);
  });

  test('lets come again of ten exactly those that the bus refuses, for whatever reason', async () => {
    // "Non-retryable errors" among them: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html
    const reasons: Readonly<Record<string, string>> = {
      1: 'AccessDeniedException',
      4: 'MalformedDetail',
      5: 'NotAuthorizedForSourceException',
      9: 'ThrottlingException',
    };
    refusal = ({ Detail }) => reasons[JSON.parse(Detail).id];
    const Records = Array.from({ length: 10 }, (_, index) => changePoint(`${index}`));
    const { batchItemFailures } = await forwarder()({ Records });
    expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(Object.keys(reasons));
    expect(calls).toHaveLength(1);
    expect(reported.at(-1)).toEqual({ step: 'forwarder', forwarded: 6, refused: 4, foreign: 0 });
  });

  test.each([
    ['no JSON', 'no JSON'],
    ['null', 'null'],
    ['an id that is none', '{"id":1,"seriesId":"s"}'],
    ['a list', '[]'],
    ['more than an event may be', JSON.stringify({ id: 'i', seriesId: 'é'.repeat(131_000) })],
  ])('counts what is no change point, and lets nothing wait for it: %s', async (_, body) => {
    const Records = [record('x', body), changePoint('a')];
    expect(await forwarder()({ Records })).toEqual({ batchItemFailures: [] });
    expect(reported).toEqual([{ step: 'forwarder', forwarded: 1, refused: 0, foreign: 1 }]);
  });

  test('stops at its start without a bus', () => {
    expect(() => forwarderHandler({}, () => {})).toThrow(
      new RangeError('EVENT_BUS must be set in the environment'),
    );
  });
});

test('an event has the numbers and texts of the message, and no integer beyond 64 bits', () => {
  const value = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    // JSON writes these without an exponent, with up to 22 digits behind the point.
    fc
      .tuple(fc.maxSafeInteger(), fc.integer({ min: 16, max: 22 }))
      .map(([digits, point]) => digits / 10 ** point),
    fc.maxSafeInteger(),
    fc.bigInt({ min: -(10n ** 21n), max: 10n ** 21n }).map(Number),
  );
  const seriesId = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('12345678901234567890', '\\"99999999999999999999,'),
  );
  fc.assert(
    fc.property(value, seriesId, (value, seriesId) => {
      const body = JSON.stringify({ id: 'i', seriesId, value, list: [value] });
      const { Detail = '' } = busEvent(body) ?? {};
      expect(JSON.parse(Detail)).toEqual(JSON.parse(body));
      const integers =
        Detail.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').match(/-?\d+(?![\d.eE])(?<![.eE+-]\d*)/g) ?? [];
      for (const integer of integers) expect(integer.length).toBeLessThan(20);
    }),
    { numRuns: 300 },
  );
});

test.each([0.0012345678901234567, -0.0012345678901234567, 1.2345678901234567e-6])(
  'an event has the p-value of the message: %d',
  (pValue) => {
    const { body } = changePoint('a', { pValue });
    expect(busEvent(body)?.Detail).toBe(body);
  },
);

test('calls have all events in their order, and none has more than the bus takes in one', () => {
  const sizes = fc.array(fc.integer({ min: 100, max: 120_000 }), { maxLength: 40 });
  fc.assert(
    fc.property(sizes, (sizes) => {
      const all = sizes.map((size, index) => ({
        record: record(`${index}`, ''),
        event: { Source: 'aed', DetailType: 'Change Point Detected', Detail: 'é'.repeat(size / 2) },
      }));
      const made = callsOf(all);
      expect(made.flat()).toEqual(all);
      for (const call of made) {
        const bytes = call.reduce(
          (sum, { event }) => sum + Buffer.byteLength(Object.values(event).join('')),
          0,
        );
        expect(call.length).toBeLessThanOrEqual(10);
        expect(bytes).toBeLessThan(256 * 1024);
      }
    }),
  );
});
