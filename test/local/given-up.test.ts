import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, test } from 'vitest';
import { putEvents } from '../../cli/produce/put-events.ts';
import { realBackoff } from '../../lambda/backoff.ts';
import type { ReportEntry } from '../../lambda/function-report.ts';
import { deploymentLimits } from '../../lib/deployment-limits.ts';
import { type Pipeline, startPipeline } from '../../local/pipeline.ts';
import { names } from '../../local/resources.ts';
import { countDiscardedBatches } from '../../local/stored.ts';

let pipeline: Pipeline | undefined;
afterEach(() => pipeline?.close());

const once = (of: 'recorder' | 'detector') => ({
  ...deploymentLimits[of],
  mapping: { ...deploymentLimits[of].mapping, retryAttempts: 0 },
});

test.each([
  ['recorder', names.eventsTable],
  ['detector', names.changePointsTable],
] as const)('what the %s gives up on is kept in the bucket, and told', async (step, TableName) => {
  const reports: ReportEntry[] = [];
  pipeline = await startPipeline({
    report: (entry) => reports.push(entry),
    limits: { recorder: once('recorder'), detector: once('detector') },
  });
  const { clients, [step]: mapping } = pipeline;
  await clients.dynamoDb.send(new DeleteTableCommand({ TableName }));
  const event = { seriesId: 's', timestamp: Date.UTC(2020), value: 1 };
  await putEvents(clients.kinesis, names.stream, [event], { backoff: realBackoff });
  await mapping.doneWith(1);
  expect(mapping.progress).toEqual({ succeeded: 0, discarded: 1, filtered: 0 });
  expect(await countDiscardedBatches(clients)).toBe(1);
  expect(reports.filter(({ givenUp }) => givenUp !== undefined)).toEqual([
    { step, givenUp: 1, condition: 'RetryAttemptsExhausted' },
  ]);
});
