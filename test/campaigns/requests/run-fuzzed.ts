import { strictEqual } from 'node:assert';
import fc from 'fast-check';
import { dynamoDbExamples } from './dynamodb-examples.ts';
import type { Example } from './example.ts';
import { type FuzzedServers, startFuzzedServers } from './fuzzed-servers.ts';
import { kinesisExamples } from './kinesis-examples.ts';
import { messagingExamples } from './messaging-examples.ts';
import { type FuzzedRequest, fuzzedRequests } from './mutations.ts';
import { ownExamples } from './own-examples.ts';

/** A request of every operation of every server. */
export const allExamples: readonly Example[] = [
  ...kinesisExamples,
  ...dynamoDbExamples,
  ...messagingExamples,
  ...ownExamples,
];

/** What is made is kept, so the servers start anew after this many requests. */
const requestsOfServers = 2_000;
/** How often every server is asked whether it is well. */
const checkEvery = 250;

/** One that its server always answers, unless it is not well. */
const plain: readonly FuzzedRequest[] = (
  ['ListStreams', 'ListTables', 'ListBuckets', 'ListQueues', 'ListTopics', 'Invoke', 'page'] as const
).map((operation) => {
  const example = allExamples.find((each) => each.operation === operation);
  if (example === undefined) throw new Error(`there is no example of ${operation}`);
  return { example, edits: [], tail: undefined, header: undefined, pathEdit: undefined };
});

export interface FuzzedCounts {
  /** Answers by the first digit of their status. */
  readonly answers: ReadonlyMap<number, number>;
}

/**
 * Sends random requests, right and wrong, one after another. Each must be answered in time, with a status below 500, and
 * no exception may escape. One that breaks a rule is made as small as possible.
 *
 * @param isKept - whether the emulators keep their data in a folder
 * @throws Error with that request
 */
export async function runFuzzed(requests: number, seed: number, isKept = false): Promise<FuzzedCounts> {
  const answers = new Map<number, number>();
  const escaped: unknown[] = [];
  const noteEscape = (error: unknown) => escaped.push(error);
  process.on('uncaughtException', noteEscape);
  let servers: FuzzedServers = await startFuzzedServers(isKept);
  let sent = 0;
  const wellBehaved = async (fuzzed: FuzzedRequest) => {
    if (sent > 0 && sent % requestsOfServers === 0) {
      await servers.close();
      servers = await startFuzzedServers(isKept);
    }
    sent++;
    const status = await servers.send(fuzzed);
    strictEqual(status >= 200 && status < 500, true, `answered with ${status}`);
    strictEqual(escaped.length, 0, `an exception escaped: ${escaped[0]}`);
    const digit = Math.floor(status / 100);
    answers.set(digit, (answers.get(digit) ?? 0) + 1);
    if (sent % checkEvery !== 0) return;
    for (const each of plain) {
      const { operation } = each.example;
      strictEqual(await servers.send(each), 200, `${operation} is no longer answered`);
    }
  };
  try {
    await fc.assert(fc.asyncProperty(fuzzedRequests(allExamples), wellBehaved), {
      numRuns: requests,
      seed,
      endOnFailure: false,
    });
  } finally {
    await servers.close();
    process.off('uncaughtException', noteEscape);
  }
  return { answers };
}
