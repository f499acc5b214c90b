import { resolveOptions } from '@aed/core';
import { expect, test } from 'vitest';
import { fileWander, remediesOfFlags } from '../../cli/file-wander.ts';
import { normal } from '../../cli/produce/random.ts';
import { wanderWatch } from '../../web/compare/wander.ts';

const options = resolveOptions();
const scan = resolveOptions({ statistic: 'scan' });
const draw = normal(3);
let level = 0;
const values = Array.from({ length: 4_000 }, () => {
  level = 0.9 * level + draw();
  return level;
});

function follow(readings: readonly number[], watch = wanderWatch(options, scan)) {
  for (const value of readings) watch.push(value);
  return watch.wander;
}

test('a file is compared up to its bounds, and the note says so', () => {
  const file = fileWander({ readings: 3_000, series: 2 });
  const wanders = [1, 2, 3].map(() => follow(values, file.follow(options, scan)));
  const first = follow(values.slice(0, 3_000));
  expect(wanders).toEqual([first, undefined, undefined]);
  const note = file.note(remediesOfFlags(0));
  expect(note).toMatch(/^In 1 of the first 2 series neighbouring readings resemble each other/);
  expect(note).toContain(`their ${first?.reported} change points in the first 3000 readings may be`);
});

test('a file within its bounds is compared as a whole', () => {
  const file = fileWander({ readings: 4_000, series: 1 });
  const wander = follow(values, file.follow(options, scan));
  expect(file.note(remediesOfFlags(0))).toMatch(
    new RegExp(`^${wander?.reported} change points; neighbouring`),
  );
});

test('a practical threshold that is in force is named', () => {
  expect(remediesOfFlags(0).threshold).toBe('--practical-threshold');
  expect(remediesOfFlags(0.5).threshold).toBe('a --practical-threshold above 0.5');
});
