import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { keptObjects } from '../../cli/quarantine/bucket.ts';
import { recorderHandler } from '../../lambda/recorder/recorder.ts';
import { telemetry } from '../../lambda/telemetry.ts';
import { names } from '../../local/resources.ts';
import { poisonsOf } from '../campaigns/poisons.ts';
import { jsonLines } from '../json-lines.ts';
import { useBackend } from '../use/backend.ts';
import { kinesisRecord } from './kinesis-record.ts';

const backend = useBackend();
let sequence = 0;

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Everything that the recorder logs, of these records. */
async function logged(environment: Record<string, string>, records: readonly (string | Uint8Array)[]) {
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'plant');
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'Changes');
  const handler = recorderHandler({ ...backend.environment, ...environment }, telemetry());
  let text = '';
  for (const out of [process.stdout, process.stderr]) {
    vi.spyOn(out, 'write').mockImplementation((chunk) => {
      text += chunk;
      return true;
    });
  }
  const answer = await handler({
    Records: records.map((data) => kinesisRecord(String(++sequence), data)),
  });
  vi.restoreAllMocks();
  return { text, answer };
}

const secret = 'hunter2-of-the-payload';

describe('no line of the log has anything of a payload, or a credential', () => {
  const records = [
    JSON.stringify({ seriesId: secret, timestamp: Date.UTC(2020), value: 1 }),
    JSON.stringify({ seriesId: 's', timestamp: secret, value: secret, [secret]: secret }),
    `{"${secret}`,
    ...poisonsOf(secret).map(({ data }) => data),
  ];

  test.each([
    ['whatever is in the records', {}],
    ['when the table is gone', { EVENTS_TABLE: 'no-such-table' }],
    ['when the bucket is gone', { QUARANTINE_BUCKET: 'no-such-bucket' }],
    ['when nothing answers', { AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1' }],
  ])('%s', async (_, environment) => {
    const { text, answer } = await logged({ ...environment, AWS_SECRET_ACCESS_KEY: secret }, records);
    expect(answer.batchItemFailures).toHaveLength(Object.keys(environment).length);
    expect(text).toContain('"recorder"');
    expect(text).not.toContain(secret);
    expect(text).not.toContain(Buffer.from(secret).toString('base64').slice(0, 20));
  });
});

test('metrics have no dimension but the service and a reason, whatever the records hold', async () => {
  const { text } = await logged(
    {},
    poisonsOf(secret).map(({ data }) => data),
  );
  const metrics = jsonLines(text).filter((line) => '_aws' in line);
  expect(metrics.length).toBeGreaterThan(5);
  for (const { _aws, service, reason } of metrics) {
    const [{ Dimensions }] = _aws.CloudWatchMetrics;
    expect([['service'], ['service', 'reason']]).toContainEqual(Dimensions[0]);
    expect(service).toBe('plant');
    if (reason !== undefined) expect(reason).toMatch(/^[a-z0-9-]+$/);
  }
});

/** Names that mean something to a shell, a browser, a file system, a log, a spreadsheet or JavaScript. */
const meaningful = [
  '../../etc/passwd',
  '/',
  '.',
  'a\u0000b',
  'a\r\nb',
  '\u202egnp.exe',
  '<script>alert(1)</script>',
  `'); DROP TABLE events; --`,
  `\${jndi:ldap://x}`,
  '$(reboot)',
  '=1+1',
  '%2e%2e%2f',
  '__proto__',
  'constructor',
  '🔥'.repeat(512),
  'e\u0301',
  '\ufeff',
  'HEAD',
  '#',
];

test("a seriesId of any Unicode is stored as it is, and is in no object's name", async () => {
  const anything = fc.oneof(
    fc.constantFrom(...meaningful),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).filter((text) => text.isWellFormed()),
  );
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(anything, { minLength: 1, maxLength: 20 }), async (seriesIds) => {
      const handler = recorderHandler(backend.environment, () => {});
      const from = backend.tableStream.length;
      const timestamp = Date.UTC(2020) + ++sequence;
      const data = seriesIds.map((seriesId) => JSON.stringify({ seriesId, timestamp, value: 1 })).join('\n');
      const Records = [kinesisRecord(String(++sequence), `${data}\nbad`)];
      expect(await handler({ Records })).toEqual({ batchItemFailures: [] });
      const stored = backend.tableStream.read(undefined, Number.POSITIVE_INFINITY).slice(from);
      expect(stored.map(({ dynamodb }) => dynamodb.NewImage?.seriesId?.S).sort()).toEqual(
        [...seriesIds].sort(),
      );
    }),
    { numRuns: 50 },
  );
  for await (const key of keptObjects(backend.clients.s3, names.quarantineBucket).keys()) {
    expect(key).toMatch(/^quarantine\/shardId-000000000000\/\d+\.json$/);
  }
});

test('a quarantined record stays small beside its data, whatever its keys and details are', async () => {
  const handler = recorderHandler(backend.environment, () => {});
  const data = `${`{"seriesId":"s","timestamp":"${'x'.repeat(70)}","value":1}\n`.repeat(9_000)}`;
  const Records = [kinesisRecord(String(++sequence), data)];
  expect(await handler({ Records })).toEqual({ batchItemFailures: [] });
  const key = `quarantine/shardId-000000000000/${sequence}.json`;
  const found = await keptObjects(backend.clients.s3, names.quarantineBucket).read(key);
  if (found?.kept?.kind !== 'record') throw new Error('there is no such record');
  expect(found.kept.problemCount).toBe(9_000);
  expect(found.kept.problems).toHaveLength(100);
});
