import type { QueueRecord } from '../digest/delivery.ts';
import { eventSource } from '../environment/forwarder.ts';

export const detailTypes = {
  detected: 'Change Point Detected',
  retracted: 'Change Point Retracted',
} as const;

/** What EventBridge is given for a message. The bus is added later. */
export interface BusEvent {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

/** @returns the event of a change point, which has the topic's JSON for its detail; `undefined` for what is none */
export function busEvent(body: string): BusEvent | undefined {
  try {
    const { id, seriesId, retractedAt } = JSON.parse(body);
    if (typeof id !== 'string' || typeof seriesId !== 'string') return undefined;
    const type = retractedAt === undefined ? detailTypes.detected : detailTypes.retracted;
    const event = { Source: eventSource, DetailType: type, Detail: withShortIntegers(body) };
    // No change point is so large. The bus would refuse the call, which looks as if it were down.
    return sizeOf(event) + envelopeBytes > most.bytes ? undefined : event;
  } catch {
    return undefined;
  }
}

/** A text of JSON, or a whole number of it: a fraction may have more digits than any integer. */
const textOrNumber = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
/** An integer of so many digits that it may be too large. */
const longInteger = /^-?\d{19,}$/;

/**
 * The same JSON with an exponent in each integer that could be beyond 64 bits: 12345678901234567000 is 1.2345678901234567e+19.
 *
 * "For the JSON number (integer) data type, the constraints are: a minimum value of -9,223,372,036,854,775,808 and a maximum value of
 * 9,223,372,036,854,775,807." Source: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
function withShortIntegers(json: string): string {
  return json.replaceAll(textOrNumber, (found) =>
    longInteger.test(found) ? Number(found).toExponential() : found,
  );
}

/** Entries of one PutEvents, and what they are together at most: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html. */
const most = { entries: 10, bytes: 256 * 1024 } as const;
/** Bytes that an event has besides: its id, time, account, region and the keys of the JSON. */
const envelopeBytes = 1024;

/** A message, and its event. */
export interface Forwarded {
  readonly record: QueueRecord;
  readonly event: BusEvent;
}

/** Cuts a list into what fits into one call each, as each of them does alone. */
export function callsOf(all: readonly Forwarded[]): readonly (readonly Forwarded[])[] {
  const calls: Forwarded[][] = [];
  let bytes = 0;
  for (const one of all) {
    const size = sizeOf(one.event) + envelopeBytes;
    const call = calls.at(-1);
    if (call === undefined || call.length === most.entries || bytes + size > most.bytes) {
      calls.push([one]);
      bytes = size;
    } else {
      call.push(one);
      bytes += size;
    }
  }
  return calls;
}

/** As EventBridge counts it: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html. */
function sizeOf({ Source, DetailType, Detail }: BusEvent): number {
  return [Source, DetailType, Detail].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
