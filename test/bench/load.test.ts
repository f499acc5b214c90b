import { execFile } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { complaints } from '../../bench/load/judge.ts';
import { Latencies } from '../../bench/load/latencies.ts';
import type { LoadResult } from '../../bench/load/load-result.ts';

function run(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', 'bench/load.ts', ...args], (failure, out, error) => {
      resolve({ code: typeof failure?.code === 'number' ? failure.code : failure ? -1 : 0, out, error });
    });
  });
}

test('in a short run every count agrees, whether or not a busy machine holds the rate', async () => {
  const { code, out } = await run('--series', '4', '--rate', '600', '--minutes', '0.02', '--json');
  const result = JSON.parse(out);
  expect(code).toBe(result.complaints.length === 0 ? 0 : 1);
  expect(result).toMatchObject({ put: 720, recorded: 720, tested: 720, late: 0, setAside: 0 });
  // Each series has 150 readings a level, and all but the first begin amid one.
  expect(result.expected).toBeGreaterThanOrEqual(4);
  expect(result).toMatchObject({
    found: result.expected,
    published: result.expected,
    notified: result.expected,
  });
  expect(result.cpuSeconds).toBeGreaterThan(0);
  expect(result.emulatorCpuSeconds).toBeGreaterThan(0);
  expect(result.toTested.p50).toBeGreaterThan(0);
  expect(result.toNotified.p50).toBeGreaterThan(0);
});

test('an option that is out of its bounds is told', async () => {
  const { code, error } = await run('--rate', '0');
  expect(code).toBe(1);
  expect(error).toContain('a whole number from 1 to 100000, got 0');
});

test('quantiles are times that occurred', () => {
  const latencies = new Latencies(200);
  expect(latencies.quantiles()).toBeUndefined();
  for (let time = 100; time >= 1; time--) latencies.add(time);
  expect(latencies.quantiles()).toEqual({ p50: 50, p99: 99, max: 100 });
});

describe('a run is found wanting', () => {
  const seconds = 100;
  const samplesOf = (backlogAt: (second: number) => number, memoryAt = (_: number) => 100) =>
    Array.from({ length: seconds }, (_, index) => ({
      second: index + 1,
      put: 0,
      recorded: 0,
      tested: 0,
      notified: 0,
      backlog: backlogAt(index + 1),
      memoryMegabytes: memoryAt(index + 1),
      emulatorMegabytes: 0,
    }));
  const good: LoadResult = {
    put: 1000,
    recorded: 1000,
    tested: 1000,
    late: 0,
    setAside: 0,
    expected: 5,
    found: 5,
    published: 5,
    notified: 5,
    putSeconds: 100,
    testedSeconds: 101,
    eventsPerSecond: 10,
    toTested: undefined,
    toNotified: undefined,
    peakMemoryMegabytes: 100,
    cpuSeconds: 1,
    emulatorCpuSeconds: 1,
    samples: samplesOf(() => 20),
    lastError: undefined,
  };

  test.each<[string, Partial<LoadResult>, string[]]>([
    ['not if all is well', {}, []],
    ['not if the backlog goes up and down', { samples: samplesOf((second) => (second % 2) * 40) }, []],
    [
      'if an event is lost',
      { recorded: 999, tested: 999 },
      ['events recorded: 999 of 1000', 'events tested: 999 of 1000'],
    ],
    [
      'if a change point is not found',
      { found: 4, published: 4, notified: 4 },
      ['change points found: 4 of 5'],
    ],
    ['if one is not published', { published: 4 }, ['change points published: 4 of 5']],
    ['if one is not heard of', { notified: 4 }, ['change points notified: 4 of 5']],
    ['if something was set aside', { setAside: 1 }, ['records and batches set aside: 1, expected 0']],
    ['if events came late', { late: 2 }, ['late events: 2, expected 0']],
    [
      'if the producer falls behind',
      { putSeconds: 104 },
      ['putting took 104.0 s, not 100 s: the producer cannot hold the rate'],
    ],
    [
      'if the backlog grows',
      { samples: samplesOf((second) => second) },
      ['the backlog grew from 38 to 88 events: the pipeline cannot hold the rate'],
    ],
    [
      'if testing ends long after putting',
      { testedSeconds: 109 },
      ['the last event was tested 9.0 s after it was put: the pipeline cannot hold the rate'],
    ],
    [
      'if memory grows',
      {
        samples: samplesOf(
          () => 20,
          (second) => 10 * second,
        ),
      },
      ['memory grew from 380 to 880 MB'],
    ],
  ])('%s', (_, difference, expected) => {
    expect(complaints({ ...good, ...difference }, { rate: 10, seconds })).toEqual(expected);
  });
});
