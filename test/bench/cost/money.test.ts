import { expect, test } from 'vitest';
import { monthlyPrice, priceOfMillion, type Terms } from '../../../bench/cost/money.ts';

const kept: Terms = { capacity: 'on demand', retentionDays: 30, pointInTimeRecovery: true };
/** One write, half a read and one call an event; a run for a hundred. */
const usage = { readUnits: 500, writeUnits: 1000, requests: 1000, invocations: 10, bytes: 100_000 };

test('a million events are priced part by part', () => {
  const price = priceOfMillion(usage, kept);
  expect(price.writes).toBeCloseTo(0.625);
  expect(price.reads).toBeCloseTo(0.0625);
  expect(price.stream).toBeCloseTo(0.014 + 0.015 / 3.6);
  // 205 bytes an event, for a month, with recovery.
  expect(price.storage).toBeCloseTo(0.205 * (0.25 + 0.2));
  const { total, ...parts } = price;
  expect(total).toBeCloseTo(Object.values(parts).reduce((sum, part) => sum + part));
});

test('provisioned capacity, a shorter retention and no recovery cost less', () => {
  const price = priceOfMillion(usage, {
    capacity: 'provisioned',
    retentionDays: 15,
    pointInTimeRecovery: false,
  });
  expect(price.writes).toBeCloseTo(((0.00065 / 3600) * 1e6) / 0.7);
  expect(price.storage).toBeCloseTo((0.205 * 0.25) / 2);
});

test('a fleet pays at least one shard, and one for each thousand records a second', () => {
  const price = priceOfMillion(usage, kept);
  const shardMonth = 0.015 * 720;
  const events = (0.001 * 30 * 24 * 3600 * 10) / 60;
  expect(monthlyPrice(10, 60, price)).toBeCloseTo(
    shardMonth + (events / 1000) * (price.total - price.stream + 0.014),
  );
  const eight = monthlyPrice(8000, 1, price) - 8 * shardMonth;
  const four = monthlyPrice(4000, 1, price) - 4 * shardMonth;
  expect(eight / four).toBeCloseTo(2);
});
