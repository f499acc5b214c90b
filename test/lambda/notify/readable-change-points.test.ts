import { describe, expect, test } from 'vitest';
import { damageOf } from '../../../lambda/notify/damage-of.ts';
import { readableChangePoints } from '../../../lambda/notify/readable-change-points.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { changePointKey } from '../../../lambda/tables/stored-change-point.ts';
import { aChangePoint } from '../a-change-point.ts';

const found = aChangePoint({
  kind: 'shift',
  changedFrom: '2025-01-01T00:04:00.000Z',
  changedTo: '2025-01-01T00:06:00.000Z',
});
const stored = { ...found, ...changePointKey(found) };

/** What is told of an item; nothing if it is readable. */
function told(item: Readonly<Record<string, unknown>>): readonly string[] {
  const damages: string[] = [];
  const read = readableChangePoints([stored, item], (sortKey, damage) => {
    expect(sortKey).toBe(String(item.sortKey));
    damages.push(damage);
  });
  expect(read).toEqual(damages.length === 0 ? [stored, item] : [stored]);
  return damages;
}

describe('a change point with all that it may have can be shown', () => {
  test.each<[string, object]>([
    ['as it is stored', {}],
    ['when it is published', { publishedAt: '2025-01-01T00:11:00.000Z' }],
    ['while it is pending', { pendingSince: '2025-01-01T00:11:00.000Z' }],
    ['when it is retracted', { retractedAt: '2025-01-02T00:00:00.000Z' }],
    [
      'when it is acknowledged',
      { acknowledgedAt: '2025-01-02T00:00:00.000Z', acknowledgedBy: 'Eve', note: 'a\nnote' },
    ],
    ['by a rule', { rule: 'boiler-*' }],
    ['without what was not stored once', { changedFrom: undefined, changedTo: undefined, kind: undefined }],
    ['with a drift', { kind: 'drift', direction: 'down', magnitude: -1 }],
    ['with a reading of 0', { value: 0, superiority: 0, magnitude: 0, pValue: 0 }],
  ])('%s', (_, replaced) => {
    expect(told({ ...stored, ...replaced })).toEqual([]);
  });

  test('also when nobody is told of the others', () => {
    expect(readableChangePoints([{ ...stored, value: 'x' }, stored])).toEqual([stored]);
  });
});

describe('where a field breaks its rule, the change point is left out, and the rule is told', () => {
  const time = 'must be an ISO 8601 time';
  const shown = 'must be a text that can be shown';
  test.each<[string, string, readonly unknown[]]>([
    ['seriesId', 'must be the name of a series', [undefined, 5, '']],
    ['eventKey', 'must be the key of an event', [undefined, 5, 'x', '2025-01-01T00:10:00.000Z']],
    ['id', shown, [undefined, 5, '', 'a\nb']],
    ['changedAt', time, ['x', '2025-13-01T00:00:00.000Z']],
    ['detectedAt', time, ['x']],
    ['changedAt', shown, [undefined, 5, '']],
    ['detectedAt', shown, [undefined, 5, '']],
    ['changedFrom', time, ['x']],
    ['changedTo', time, ['x']],
    ['changedFrom', shown, [5, '']],
    ['changedTo', shown, [5, '']],
    ['direction', "must be 'up' or 'down'", [undefined, '', 'UP']],
    ['kind', 'must be one of shift, drift, unsure', ['', 5, 'toString']],
    ['magnitude', 'must be a number', [undefined, '5', Number.NaN, Number.POSITIVE_INFINITY]],
    ['pValue', 'must be a number', [undefined, '0.01']],
    ['publishedAt', time, ['', 'x', 5, null]],
    ['pendingSince', time, ['', 'x', 5, null]],
    ['retractedAt', shown, [5, null, 'a\nb']],
    ['acknowledgedAt', shown, [5, null, 'a\nb']],
    ['changedEventKey', 'must be the key of an event', [undefined, 5, 'x']],
    ['value', 'must be a number', [Number.NaN, Number.NEGATIVE_INFINITY]],
    ['superiority', 'must be a number', [undefined, '5']],
    ['acknowledgedBy', 'must be a text, or absent', [5, null, ['Eve']]],
    ['note', 'must be a text, or absent', [5, null]],
  ])('%s %s', (name, rule, values) => {
    for (const value of values) {
      const [damage, ...more] = told({ ...stored, [name]: value });
      expect(more).toEqual([]);
      expect(damage).toMatch(new RegExp(`^${name} ${rule}`));
      expect(damage).toMatch(/, got .*; correct it in the item$/);
    }
  });

  test.each(['before', 'after'] as const)('%s, which is of two times', (side) => {
    for (const end of ['from', 'to'])
      for (const time of [undefined, 5, 'x'])
        expect(told({ ...stored, [side]: { ...stored[side], [end]: time } })).toEqual([
          'before and after must say from when to when; correct them in the item',
        ]);
  });

  test.each(['before', 'after'] as const)('%s, of which a text is made', (side) => {
    for (const level of [undefined, null, 5, {}, { ...stored[side], count: '5' }])
      expect(told({ ...stored, [side]: level })).toEqual([
        'no text can be made of its levels, trend and options; correct them in the item',
      ]);
  });

  test.each<[string, readonly unknown[]]>([
    ['value', [undefined, '5']],
    ['rule', [5, null, ['boiler-*']]],
    ['trend', [null, 5, { slope: 'x', pValue: 1 }]],
    ['options', [undefined, {}]],
  ])('%s, which is in its text', (name, values) => {
    for (const value of values)
      expect(told({ ...stored, [name]: value })).toEqual([expect.stringMatching(/^no text can be made of/)]);
  });

  test('its sort key, which its event key gives', () => {
    expect(told({ ...stored, sortKey: 'CP#2025-01-01T00:09:00.000Z#e' })).toEqual([
      'it must have the sort key CP#2025-01-01T00:10:00.000Z#e, which its eventKey gives; delete the item',
    ]);
  });
});

test('the name of a series may be as long as a key can be, and no longer', () => {
  const { seriesIdBytes } = processingLimits;
  expect(damageOf({ ...found, seriesId: 'é'.repeat(seriesIdBytes / 2) })).toBeUndefined();
  expect(damageOf({ ...found, seriesId: `${'é'.repeat(seriesIdBytes / 2)}x` })).toMatch(/^seriesId must be/);
});

test.each([undefined, null, 'up', 5, true])('%j is no change point', (found) => {
  expect(damageOf(found)).toBe('a change point must be an object');
});

test('what is told of a value is cut, and on one line', () => {
  const damage = damageOf({ ...found, magnitude: `\n${'x'.repeat(5_000)}` });
  expect(damage).toMatch(/^[^\n]*; correct it in the item$/);
  expect(damage?.length).toBeLessThan(5_000);
});
