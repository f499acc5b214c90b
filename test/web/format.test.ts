import { expect, test } from 'vitest';
import * as format from '../../web/page/format.ts';

test.each([
  [format.value(1234.5678), '1,234.6'],
  [format.value(-0.5), '−0.5'],
  [format.value(0), '0'],
  [format.value(6.02e23), '6.02e+23'],
  [format.value(1e-9), '1e-9'],
  [format.signed(3), '+3'],
  [format.signed(-3), '−3'],
  [format.counted(0, 'reading'), 'no readings'],
  [format.counted(1, 'reading'), '1 reading'],
  [format.counted(2000, 'series', 'series'), '2,000 series'],
  [format.pValue(0.01234, 0.05), '0.012'],
  [format.pValue(0.009_96, 0.01), '0.00996'],
  [format.pValue(1.2345e-7, 0.01), '1.2e−7'],
  [format.pValue(9.96e-5, 1e-4), '9.96e−5'],
  [format.time(0), '1970-01-01 00:00:00'],
  [format.time(1), '1970-01-01 00:00:00.001'],
  [format.ago(499), '0 s ago'],
  [format.ago(61_000), '1 min ago'],
  [format.ago(7_300_000), '2 h ago'],
  [format.duration(12.3), '12 ms'],
  [format.duration(1234), '1.2 s'],
])('%s', (text, expected) => {
  expect(text).toBe(expected);
});
