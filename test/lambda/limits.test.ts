import { expect, test } from 'vitest';
import { kinesisLimits } from '../../lambda/kinesis-limits.ts';
import { processingLimits as limits } from '../../lambda/processing-limits.ts';
import { regimeLimits } from '../../lambda/regime/regime-limits.ts';
import { longestPeriod, serviceOptionTable } from '../../lambda/service-options.ts';
import { aboutSpanText, nearSpanText, spanText } from '../../lambda/time-span.ts';

const kibibyte = 1024;

test('lengths of time are what the documents call them', () => {
  expect(spanText(limits.longestMuteMs)).toBe('365d');
  expect([limits.toldMs, limits.refusedMs].map(spanText)).toEqual(['1h', '1h']);
  expect(spanText(regimeLimits.leastLifeMs)).toBe('1d');
});

test('a claim lasts as long as publishing and marking may take, and as much again', () => {
  expect(limits.claimMs).toBe(2 * (limits.publishMs + limits.markMs));
  // A HEAD that is pending for longer was left by a crash.
  expect(limits.abandonedMs).toBeGreaterThanOrEqual(limits.publishMs + limits.markMs);
  expect(limits.outageMs).toBeGreaterThan(limits.sweepMs);
});

test('a record in gzip may be unpacked to no more than the largest record of a stream', () => {
  expect(limits.unpackedBytes).toBe(8 * kibibyte * kibibyte);
  expect(limits.unpackedBytes).toBeLessThan(kinesisLimits.largestRecordBytes);
  expect(kinesisLimits).toMatchObject({
    defaultRecordBytes: kibibyte * kibibyte,
    largestRecordBytes: 10 * kibibyte * kibibyte,
    requestBytes: 10 * kibibyte * kibibyte,
  });
});

test('a regime holds four of the longest periods', () => {
  expect(4 * longestPeriod).toBeLessThanOrEqual(limits.longestRegime);
  expect(4 * (longestPeriod + 1)).toBeGreaterThan(limits.longestRegime);
  const { maxRegimeLength } = serviceOptionTable;
  expect(maxRegimeLength.rule).toBe('an integer from 2 · startup to 100000');
  expect(maxRegimeLength.default).toBeLessThan(limits.longestRegime);
});

test.each([
  [86_000_000, '1d'],
  [3_600_000, '1h'],
  [5_400_000, '90m'],
  [1234, '1234ms'],
  [0.3, '1ms'],
])('%d ms are nearly %s', (span, text) => {
  expect(nearSpanText(span)).toBe(text);
});

test('a length that must not be longer, or not shorter, is not', () => {
  expect(nearSpanText(86_000_000, Math.floor)).not.toBe('1d');
  expect(nearSpanText(86_000_000, Math.ceil)).toBe('1d');
  expect(nearSpanText(87_000_000, Math.floor)).toBe('1d');
  for (const span of [86_000_000, 87_000_000, 1234, 3_601_000]) {
    expect(spanOf(nearSpanText(span, Math.floor))).toBeLessThanOrEqual(span);
    expect(spanOf(nearSpanText(span, Math.ceil))).toBeGreaterThanOrEqual(span);
  }
});

function spanOf(text: string): number {
  const units = { ms: 1, s: 1e3, m: 6e4, h: 3.6e6, d: 8.64e7, w: 6.048e8 } as const;
  const [, amount, unit] = /^(\d+)([a-z]+)$/.exec(text) ?? [];
  return Number(amount) * units[unit as keyof typeof units];
}

test.each([
  [1000, '1s'],
  [59_400, '59s'],
  [60_000, '1m'],
  [0.5, '0.5ms'],
  [14 * 86_400_000, '2w'],
])('%d ms are about %s', (span, text) => {
  expect(aboutSpanText(span)).toBe(text);
});
