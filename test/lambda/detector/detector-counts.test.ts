import { expect, test } from 'vitest';
import { detectorCounts } from '../../../lambda/detector/detector-counts.ts';
import type { DetectedSeries } from '../../../lambda/detector/look-parts.ts';

const now = new Date('2026-01-01T00:01:00Z');
const nothingNew: DetectedSeries = { tested: 0, again: 0, late: 2, changePoints: 0 };
const cold: DetectedSeries = {
  tested: 7,
  again: 3,
  late: 1,
  changePoints: 2,
  read: 'cold',
  regimeLength: 30,
  newest: '2026-01-01T00:00:58.500Z#e',
};
const warm: DetectedSeries = {
  tested: 1,
  again: 0,
  late: 0,
  changePoints: 0,
  read: 'warm',
  regimeLength: 400,
  newest: '2025-12-31T00:00:00.000Z#e',
};
const ahead: DetectedSeries = { ...warm, newest: '2026-01-01T00:03:00.000Z#e' };
const zero = { tested: 0, again: 0, late: 0, changePoints: 0, coldReads: 0, warmReads: 0 };

test.each([
  ['without a series the counts are 0, and figures that would be made up are absent', [], zero],
  ['a series without news has no regime and no age', [nothingNew], { ...zero, late: 2 }],
  [
    'counts are summed over series; regime length is the longest and event age that of the newest',
    [cold, nothingNew, warm],
    {
      tested: 8,
      again: 3,
      late: 3,
      changePoints: 2,
      coldReads: 1,
      warmReads: 1,
      regimeLength: 400,
      newestEventAgeMs: 1500,
    },
  ],
  [
    'an event ahead of the clock has no age',
    [ahead],
    { ...zero, tested: 1, warmReads: 1, regimeLength: 400, newestEventAgeMs: 0 },
  ],
])('%s', (_, series, counts) => {
  expect(detectorCounts(series, now)).toEqual(counts);
});
