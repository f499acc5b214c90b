import { resolveOptions } from '@aed/core';
import { expect, test } from 'vitest';
import { hugging } from '../../../bench/speed/hugging.ts';
import { PlainScan } from '../../../bench/speed/plain-scan.ts';
import { randomAdversary, shapes } from '../../../bench/speed/scan-adversaries.ts';
import { normal, uniform } from '../../../cli/produce/random.ts';
import { KeptSplits } from '../../../core/src/scan/kept-splits.ts';
import { ScanRegimeTest } from '../../../core/src/scan/scan-regime-test.ts';
import { PlainScan as Definition } from '../../core/scan/plain-scan.ts';

test.each(Object.entries(shapes))(
  'the blocks that a point is searched in, and those that are merged, are the same whatever the values are: %s',
  (_, shape) => {
    const draw = uniform(1);
    const [quiet, hard] = [new KeptSplits(0), new KeptSplits(0.5)];
    for (let index = 0; index < 3000; index++) {
      quiet.push(index % 10);
      hard.push(shape(index, draw, 10));
      expect(hard.blocks).toBe(quiet.blocks);
      expect(hard.blocks).toBeLessThanOrEqual(9 + 4 * Math.log2(1 + index));
    }
    expect(hard.starts.subarray(0, hard.blocks + 1)).toEqual(quiet.starts.subarray(0, quiet.blocks + 1));
  },
);

const draw = uniform(4);
const adversaries = [
  ...Array.from({ length: 60 }, () => randomAdversary(draw, 200)),
  hugging(normal(2), 200),
  hugging(() => Math.floor(2 * draw()), 200),
];

test.each(adversaries)(
  'on $name the scan says what the plain one says, after every point',
  ({ values, options }) => {
    const resolved = resolveOptions({ statistic: 'scan', dependence: 'independent', ...options });
    const [fast, plain, definition] = [
      new ScanRegimeTest(resolved),
      new PlainScan(resolved),
      new Definition(resolved),
    ];
    for (const value of values) {
      for (const scan of [fast, plain, definition]) scan.push(value, 0);
      const isAlarm = fast.alarm() !== undefined;
      expect(plain.isAlarm()).toBe(isAlarm);
      const { pValue, direction } = definition.result();
      expect(direction !== undefined && pValue < 1 / resolved.falseAlarmEvery).toBe(isAlarm);
    }
  },
);
