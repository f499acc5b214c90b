import { describe, expect, test } from 'vitest';
import { farthest } from '../../../lambda/detector/farthest.ts';
import { isAfter, newsOf, oldestOf } from '../../../lambda/detector/news.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import type { Head } from '../../../lambda/tables/head.ts';
import type { Wave } from '../../../lambda/tables/wave.ts';

const { aheadWaves } = processingLimits;
const start = Date.parse('2026-01-01T00:00:00Z');
const keyAt = (second: number) => `${new Date(start + 1000 * second).toISOString()}#e`;
/** From one second to another one, an event a second. */
const wave = (from: number, to: number, id?: string): Wave => ({
  oldest: keyAt(from),
  closing: keyAt(to),
  count: to - from + 1,
  ...(id !== undefined && { id }),
});
const amendment = (from: number, to: number): Wave => ({ ...wave(from, to), count: 0 });
const head: Head = { seriesId: 's', version: 1, regimeAfter: keyAt(10), testedThrough: keyAt(20) };

describe('what waves mean to a series', () => {
  const [fresh, late, again] = [wave(21, 25), wave(3, 7), wave(15, 18)];
  test.each<[string, readonly Wave[], object]>([
    ['nothing', [], { newest: undefined, again: [], tested: 0, late: 0 }],
    ['news', [fresh], { newest: keyAt(25), again: [], tested: 5, late: 0 }],
    ['news up to the newest', [wave(26, 30), fresh], { newest: keyAt(30), again: [], tested: 10, late: 0 }],
    ['too late', [late], { newest: undefined, again: [], tested: 0, late: 5 }],
    ['too late, up to the last event before the regime', [wave(8, 10)], { tested: 0, late: 3, again: [] }],
    ['tested before', [again], { newest: undefined, again: [again], tested: 4, late: 0 }],
    ['tested before, up to the last', [wave(20, 20)], { newest: undefined, again: [wave(20, 20)] }],
    [
      'on both sides of what was tested',
      [wave(20, 22)],
      { newest: keyAt(22), again: [wave(20, 22)], tested: 3 },
    ],
    // Of its events the oldest alone is known to be too late.
    [
      'on both sides of the start of the regime',
      [wave(10, 12)],
      { tested: 2, late: 1, again: [wave(10, 12)] },
    ],
    ['all of these', [late, again, fresh], { newest: keyAt(25), again: [again], tested: 9, late: 5 }],
    [
      'what was taken away',
      [amendment(12, 14)],
      { newest: undefined, again: [amendment(12, 14)], tested: 0, late: 0 },
    ],
    // A look that is under way may have read it.
    [
      'what was taken away of what is not tested',
      [amendment(30, 31)],
      { newest: undefined, again: [amendment(30, 31)] },
    ],
    [
      'what was taken away before the regime',
      [amendment(3, 7)],
      { newest: undefined, again: [], tested: 0, late: 0 },
    ],
  ])('%s', (_, waves, news) => {
    expect(newsOf(waves, head)).toMatchObject(news);
  });

  test('to one that has no HEAD yet, all is news', () => {
    const first = { seriesId: 's', version: 0 };
    expect(newsOf([late, again], first)).toMatchObject({ newest: keyAt(18), again: [], tested: 9, late: 0 });
  });
});

describe('waves that were tested before their records came', () => {
  const ids = Array.from({ length: aheadWaves }, (_, index) => `${index}`);
  const ahead = { ...head, ahead: ids };
  const known = ids.map((id, index) => wave(index + 5, index + 5, id));

  test('are no news', () => {
    expect(newsOf(known.slice(0, 1), ahead)).toMatchObject({
      newest: undefined,
      again: [],
      tested: 0,
      late: 0,
      ahead: ids.slice(1),
    });
    expect(newsOf([], ahead).ahead).toEqual(ids);
  });

  test('come in their order: what is before one that has come, has come too', () => {
    expect(newsOf(known.slice(4, 6), ahead).ahead).toEqual(ids.slice(6));
    expect(newsOf(known.slice(-1), ahead).ahead).toEqual([]);
  });

  test('are a reason to look further, once half of them have come', () => {
    const half = aheadWaves / 2;
    expect(newsOf(known.slice(half - 1, half), ahead).newest).toBeUndefined();
    expect(newsOf(known.slice(half, half + 1), ahead).newest).toBe(keyAt(20));
    expect(newsOf([], { ...head, ahead: ids.slice(half + 1) }).newest).toBeUndefined();
  });

  test('are all there when a later one comes', () => {
    expect(newsOf([wave(21, 22, 'new')], ahead)).toMatchObject({ newest: keyAt(22), ahead: [], tested: 2 });
  });

  test.each([[5], ['0'], [{ 0: '0' }], [[5, null]]])('may be damaged: %j', (damaged) => {
    const news = newsOf([wave(15, 15, '0')], { ...head, ahead: damaged as unknown as string[] });
    expect(news).toMatchObject({ tested: 1, ahead: [] });
  });
});

test('the pace is the mean time from one wave to the next, with those that are still to come', () => {
  expect(newsOf([wave(24, 30)], head).pace).toBe(10_000);
  expect(newsOf([wave(21, 25), wave(26, 30)], head).pace).toBe(5_000);
  // Two waves, one of which has come, lie before what is tested.
  expect(newsOf([wave(10, 12, 'a')], { ...head, ahead: ['a', 'b'] }).pace).toBe(5_000);
  expect(newsOf([wave(21, 25)], { seriesId: 's', version: 0 }).pace).toBe(4_000);
  expect(newsOf([wave(20, 20)], head).pace).toBeUndefined();
  expect(newsOf([], head).pace).toBeUndefined();
});

describe('a look reads', () => {
  const news = (pace: number | undefined, ahead: readonly string[] = []) => ({
    ...newsOf([], head),
    pace,
    ahead,
  });
  const secondsOn = (seconds: number) => `${new Date(start + 1000 * seconds).toISOString()}~`;

  test('as far as it can test, at the pace of the waves', () => {
    expect(farthest(keyAt(30), keyAt(20), news(10_000))).toBe(secondsOn(30 + 10 * (aheadWaves + 1)));
    expect(farthest(keyAt(30), keyAt(20), news(10_000, ['a', 'b']))).toBe(
      secondsOn(30 + 10 * (aheadWaves - 1)),
    );
    expect(farthest(keyAt(30), undefined, news(0.1))).toBe(secondsOn(30.002));
  });

  test('without a bound where nothing tells one', () => {
    expect(farthest(keyAt(30), keyAt(20), news(undefined))).toBeUndefined();
    // Times of the year 10,000 are no keys.
    expect(farthest(keyAt(30), keyAt(20), news(1e15))).toBeUndefined();
    expect(farthest(keyAt(30), keyAt(1e6), news(1000))).toBeUndefined();
  });
});

test('the first event of waves is that of whichever began first', () => {
  expect(oldestOf([])).toBeUndefined();
  expect(oldestOf([wave(5, 9), wave(3, 4), wave(4, 20)])).toBe(keyAt(3));
});

test('an event comes after those before it, and after nothing', () => {
  expect([keyAt(1), keyAt(2), keyAt(3)].map((key) => isAfter(key, keyAt(2)))).toEqual([false, false, true]);
  expect(isAfter(keyAt(1), undefined)).toBe(true);
});
