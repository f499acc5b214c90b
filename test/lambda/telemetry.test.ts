import { afterEach, expect, test, vi } from 'vitest';
import { telemetry } from '../../lambda/telemetry.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** What a report writes, each line as an object. */
function written(entry: Parameters<ReturnType<typeof telemetry>>[0]): Record<string, unknown>[] {
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'plant');
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'Changes');
  let text = '';
  for (const out of [process.stdout, process.stderr]) {
    vi.spyOn(out, 'write').mockImplementation((chunk) => {
      text += chunk;
      return true;
    });
  }
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  telemetry()(entry);
  expect(warn).not.toHaveBeenCalled();
  vi.restoreAllMocks();
  const lines = text.trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

test('every number is a metric of the service, and set aside is counted by reason', () => {
  const lines = written({
    step: 'recorder',
    recorded: 7,
    quarantined: 3,
    reasons: { 'not-json': 2, empty: 1 },
  });
  const metrics = lines.filter((line) => '_aws' in line);
  expect(metrics).toEqual([
    expect.objectContaining({ service: 'plant', reason: 'not-json', quarantinedByReason: 2 }),
    expect.objectContaining({ service: 'plant', reason: 'empty', quarantinedByReason: 1 }),
    expect.objectContaining({ service: 'plant', recorded: 7, quarantined: 3 }),
  ]);
  expect(metrics[2]).toMatchObject({
    _aws: { CloudWatchMetrics: [{ Namespace: 'Changes', Dimensions: [['service']] }] },
  });
});

test('a number in milliseconds has that unit, any other is a count', () => {
  const [, metrics] = written({ step: 'detector', regimeLength: 12, newestEventAgeMs: 1500 });
  expect(metrics).toMatchObject({
    regimeLength: 12,
    newestEventAgeMs: 1500,
    _aws: {
      CloudWatchMetrics: [
        {
          Metrics: [
            { Name: 'regimeLength', Unit: 'Count' },
            { Name: 'newestEventAgeMs', Unit: 'Milliseconds' },
          ],
        },
      ],
    },
  });
});

// A partial batch response is a success of the invocation: https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
test('an error is counted, also that of a single series, which has no other number', () => {
  const lines = written({ step: 'detector', seriesId: 'boiler-7', error: new Error('no such table') });
  expect(lines.filter((line) => '_aws' in line)).toEqual([
    expect.objectContaining({ service: 'plant', failures: 1 }),
  ]);
  expect(lines).toHaveLength(2);
});

test('a report without numbers and errors is its line alone', () => {
  expect(written({ step: 'detector', seriesId: 'boiler-7' })).toEqual([
    expect.objectContaining({ level: 'INFO', message: 'detector', seriesId: 'boiler-7' }),
  ]);
});

test('an error is a line of that level, with its name and message', () => {
  const lines = written({ step: 'detector', records: 2, error: new RangeError('alpha must be less than 1') });
  expect(lines).toContainEqual(
    expect.objectContaining({
      level: 'ERROR',
      message: 'detector',
      error: expect.objectContaining({ name: 'RangeError', message: 'alpha must be less than 1' }),
    }),
  );
});

test('wrong options are an error of the log and no failure: their series goes on', () => {
  const [line, metrics] = written({ step: 'detector', error: new RangeError('alpha'), invalidOptions: 1 });
  expect(line).toMatchObject({ level: 'ERROR', invalidOptions: 1, error: { message: 'alpha' } });
  expect(metrics).toMatchObject({ service: 'plant', invalidOptions: 1 });
  expect(metrics).not.toHaveProperty('failures');
});
