import { type DetectorOptions, detectChangePoints, type OptionName, resolveOptions } from '@aed/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { optionsInWords, optionsThatDiffer } from '../../cli/options-in-words.ts';
import { normal } from '../../cli/produce/random.ts';
import { whyWithoutEffect } from '../../cli/without-effect.ts';
import { runsOf } from '../use/share-of-runs.ts';
import { runHere } from './in-process.ts';

const input = '1\n2\n3\n';

describe('an option without effect is refused', () => {
  test.each([
    [['--period', '24h'], '--period has no effect with the statistic mpp, got 24h; add --statistic scan'],
    [['--interval', '5m'], '--interval has no effect with the statistic mpp, got 5m; add --statistic scan'],
    [['--minimum-length', '9'], '--minimum-length has no effect with the statistic mpp, got 9'],
    [['--restless-after', '9'], '--restless-after has no effect with the statistic mpp, got 9'],
    [['--dependence', 'auto'], '--dependence has no effect with the statistic mpp, got auto'],
    [
      ['--statistic', 'scan', '--alpha', '0.05'],
      '--alpha has no effect with the statistic scan, got 0.05; give --false-alarm-every',
    ],
    [['--statistic', 'scan', '--interval', '5m'], '--interval has no effect without --period, got 5m'],
    [
      ['--statistic', 'scan', '--period', '1', '--interval', '5m'],
      '--interval has no effect without --period',
    ],
    [
      ['--statistic', 'scan', '--restless-after', '3', '-p', '1'],
      '--restless-after has no effect with a --practical-threshold above 0, got 3; leave it out',
    ],
    [
      ['--statistic', 'scan', '--restless-after', '3', '--dependence', 'independent'],
      '--restless-after has no effect with --dependence independent, got 3; leave out one of the two',
    ],
    [
      ['--alpha', '0.05', '--false-alarm-every', '1d'],
      '--alpha has no effect with --false-alarm-every, which stands in for it, got 0.05; leave out one of the two',
    ],
  ])('aed detect %j', async (flags, message) => {
    const { code, out, error } = await runHere(['detect', '-', ...flags], { input });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toContain(message);
  });

  test.each([
    [['--period', '24h'], '--period has no effect with the statistic mpp, got 24h; add --statistic scan'],
    // Its practical threshold is the standard deviation, unless it is given.
    [
      ['--statistic', 'scan', '--restless-after', '3'],
      '--restless-after has no effect with a --practical-threshold above 0, got 3; leave it out, or give --practical-threshold 0',
    ],
  ])('aed validate %j', async (flags, message) => {
    const { code, error } = await runHere(['validate', ...flags]);
    expect(code).toBe(2);
    expect(error).toContain(message);
  });
});

describe('a flag that says how a file is read, and does not', () => {
  const timed = 'time,value\n2026-01-01T00:00:00Z,1\n2026-01-01T00:05:00Z,2\n';
  const objects = '{"value":1}\n{"value":2}\n';

  test.each([
    [['--sort'], '1\n2\n3\n', '--sort has no effect, since no column is known to have times'],
    [['--time-format', 'dmy'], '1\n2\n3\n', '--time-format has no effect, since no column is known'],
    [['--delimiter', ';'], objects, '--delimiter is for rows of cells, and this is read as JSON'],
    [['--header'], objects, '--header is for rows of cells'],
    [['--no-header'], objects, '--no-header is for rows of cells'],
  ])('aed detect - %j', async (flags, text, message) => {
    const { code, out, error } = await runHere(['detect', '-', ...flags], { input: text });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toContain(message);
  });

  test.each([
    [['--sort'], timed],
    [['--header'], timed],
    [['--delimiter', ';', '--no-header', '--format', 'csv'], '[1];2\n[2];3\n'],
  ])('%j is taken where it has an effect', async (flags, text) => {
    expect(await runHere(['detect', '-', ...flags], { input: text })).toMatchObject({ code: 0 });
  });

  test.each([
    ['--header', '--no-header'],
    ['--no-header', '--header'],
  ])('%s %s', async (...flags) => {
    const { code, error } = await runHere(['detect', '-', ...flags], { input: timed });
    expect(error).toBe('error: --header and --no-header contradict each other (see aed detect --help)\n');
    expect(code).toBe(2);
  });

  test.each([
    [['--column', 'x'], '--column'],
    [['--no-header'], '--no-header'],
    [['--header'], '--header'],
    [['--on-bad', 'skip'], '--on-bad'],
    [['--start', '2026-01-31T12:00:00Z', '--every', '10s'], '--start'],
  ])('aed replay %j without a file', async (flags, flag) => {
    const { code, error } = await runHere(['replay', '--dataset', 'nile', ...flags]);
    expect(error).toBe(
      `error: ${flag} says how a file is read, and --dataset nile is no file; leave it out\n`,
    );
    expect(code).toBe(2);
  });
});

test.each([
  [['local', '--no-page', '--read-only'], '--read-only is for the page: leave out --no-page or --read-only'],
  [['produce', '--csv', '--region', 'us-east-1'], '--region is for streams; leave out --csv'],
  [['produce', '--csv', '--endpoint', 'http://127.0.0.1:9'], '--endpoint is for streams; leave out --csv'],
])('aed %j is refused', async (args, message) => {
  expect(await runHere(args)).toEqual({ code: 2, out: '', error: `error: ${message}\n` });
});

test.each([
  [['--statistic', 'scan', '--restless-after', '3', '-p', '0', '--dependence', 'auto']],
  [['--statistic', 'scan', '--period', '2', '--interval', '5m', '--minimum-length', '9']],
  [['--alpha', '0.05', '--false-alarm-every', '0', '-p', '1']],
  [['--statistic', 'scan', '--restless-after', '0', '-p', '1']],
  [['--statistic', 'scan', '--restless-after', '0', '--dependence', 'independent']],
  [['--false-alarm-every', '1000']],
])('what has an effect, or turns one off, is taken: %j', async (flags) => {
  const timed = 'time,value\n2026-01-01T00:00:00Z,1\n2026-01-01T00:05:00Z,2\n';
  expect(await runHere(['detect', '-', ...flags], { input: timed })).toMatchObject({ code: 0 });
});

test('what is refused would not have changed an answer, whatever the other options are', () => {
  const draw = normal(7);
  const values = Array.from({ length: 400 }, (_, index) => draw() + 4 * (index >> 6) * (index & 64 ? 1 : -1));
  const some = fc.record(
    {
      statistic: fc.constantFrom('mpp' as const, 'scan' as const),
      alpha: fc.constantFrom(0.001, 0.3),
      practicalThreshold: fc.constantFrom(0, 1),
      falseAlarmEvery: fc.constantFrom(100, 5000),
      dependence: fc.constantFrom('auto' as const, 'independent' as const),
      restlessAfter: fc.constantFrom(1, 2),
      minimumLength: fc.constantFrom(4, 20),
      startup: fc.constantFrom(16, 30),
      period: fc.constantFrom(1, 4),
      interval: fc.constantFrom(60),
    },
    { requiredKeys: [] },
  );
  const found = (options: DetectorOptions) =>
    detectChangePoints(values, options).map(({ changedAt, detectedAt }) => [changedAt, detectedAt]);
  fc.assert(
    fc.property(some, (options) => {
      const texts = Object.fromEntries(Object.entries(options).map(([name, value]) => [name, String(value)]));
      for (const name of Object.keys(options)) {
        const { [name]: _, ...others } = options as Readonly<Record<string, unknown>>;
        if (whyWithoutEffect(name as OptionName, texts) !== undefined)
          expect(found(options)).toEqual(found(others));
      }
    }),
    { numRuns: runsOf(200) },
  );
});

describe('a report shows the options in force, and no other', () => {
  test.each([
    [
      {},
      'statistic mpp, alpha 0.01, practical threshold 0, startup 5, window 5, restart detection, max regime length Infinity',
    ],
    [
      { falseAlarmEvery: 1000 },
      'statistic mpp, practical threshold 0, false alarm every 1000, startup 5, window 5, restart detection, max regime length Infinity',
    ],
    [
      { statistic: 'scan' as const, practicalThreshold: 1, period: 24, interval: 3600 },
      'statistic scan, practical threshold 1, false alarm every 10000, dependence auto, minimum length 8, startup 16, window 5, restart change, max regime length Infinity, period 24, interval 3600',
    ],
  ])('%j', (options, words) => {
    expect(optionsInWords(resolveOptions(options))).toBe(words);
  });
});

test.each([
  [{}, 'defaults'],
  [{ practicalThreshold: '0', restart: 'detection' }, 'defaults'],
  [{ practicalThreshold: '1.0', startup: '10' }, 'practicalThreshold 1, startup 10'],
  [{ statistic: 'scan' }, 'statistic scan'],
  [
    { statistic: 'scan', period: '24h', interval: '1h', maxRegimeLength: '500' },
    'statistic scan, maxRegimeLength 500, period 24, interval 3600',
  ],
])('of the options of a service %j, those that are not its defaults are %s', (texts, words) => {
  expect(optionsThatDiffer(texts)).toBe(words);
});

test('aed validate names the period that no regime can hold, not a length that nobody gave', async () => {
  const { code, error } = await runHere(['validate', '--statistic', 'scan', '--period', '24h']);
  expect(code).toBe(1);
  expect(error).toBe(
    'error: --period 24h = 864000 readings, one every 100ms: a period has at most 25000 places; give --max-regime-length 3456000 or more, or one value for several readings\n',
  );
});

test('the rule of a value names the value once', async () => {
  const { error } = await runHere(['detect', '-', '--time-zone', 'Mars']);
  expect(error.split("'Mars'")).toHaveLength(2);
  expect(error).toMatch(
    /^error: option '--time-zone <name>' is invalid\. It must be a time zone .*, got 'Mars'\./,
  );
});
