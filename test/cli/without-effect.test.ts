import { resolveOptions } from '@aed/core';
import { describe, expect, test } from 'vitest';
import { optionsInWords } from '../../cli/options-in-words.ts';
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
  ])('aed detect %j', async (flags, message) => {
    const { code, out, error } = await runHere(['detect', '-', ...flags], { input });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toContain(message);
  });

  test('aed validate --period 24h', async () => {
    const { code, error } = await runHere(['validate', '--period', '24h']);
    expect(code).toBe(2);
    expect(error).toContain('--period has no effect with the statistic mpp, got 24h; add --statistic scan');
  });
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

test('aed validate names the period that no regime can hold, not a length that nobody gave', async () => {
  const { code, error } = await runHere(['validate', '--statistic', 'scan', '--period', '24h']);
  expect(code).toBe(1);
  expect(error).toBe(
    'error: --period 24h = 864000 readings, one every 100ms: a period has at most 25000 places; give a coarser --interval, such as --interval 1m\n',
  );
});

test('the rule of a value names the value once', async () => {
  const { error } = await runHere(['detect', '-', '--time-zone', 'Mars']);
  expect(error.split("'Mars'")).toHaveLength(2);
  expect(error).toMatch(
    /^error: option '--time-zone <name>' is invalid\. It must be a time zone .*, got 'Mars'\./,
  );
});
