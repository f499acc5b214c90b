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

/** What is to be said of readings, if they are a series of their own. */
function wanderOf(readings: readonly number[]) {
  const watch = wanderWatch(options, scan);
  for (const value of readings) watch.push(value);
  return watch.wander;
}

test('a file is compared up to its bounds, and the note says so', () => {
  const file = fileWander({ readings: 3_000, series: 2 });
  for (const _ of [1, 2, 3]) {
    const { push } = file.follow(options, scan);
    for (const value of values) push(value);
  }
  const note = file.note(remediesOfFlags(0));
  expect(note).toMatch(/^In 1 of the first 1 series neighbouring readings resemble each other/);
  expect(note).toContain(
    `their ${wanderOf(values.slice(0, 3_000))?.reported} change points in the first 3000 readings may be`,
  );
});

test('series are compared beside each other, as many as the bound says', () => {
  const file = fileWander({ readings: 20_000, series: 2 });
  const [a, b, c] = [1, 2, 3].map(() => file.follow(options, scan));
  for (const value of values) {
    a?.push(value);
    b?.push(Math.round(value / 1000));
    c?.push(value);
  }
  expect(file.note(remediesOfFlags(0))).toMatch(
    new RegExp(
      `^In 1 of the first 2 series .* many of their ${wanderOf(values)?.reported} change points may be`,
    ),
  );
});

test('a file within its bounds is compared as a whole', () => {
  const file = fileWander({ readings: 4_000, series: 1 });
  const { push } = file.follow(options, scan);
  for (const value of values) push(value);
  expect(file.note(remediesOfFlags(0))).toMatch(
    new RegExp(`^${wanderOf(values)?.reported} change points; neighbouring`),
  );
});

test('a practical threshold that is in force is named', () => {
  expect(remediesOfFlags(0).threshold).toBe('--practical-threshold');
  expect(remediesOfFlags(0.5).threshold).toBe('a --practical-threshold above 0.5');
});
