import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSet } from '../../../bench/evaluate/read-set.ts';
import { kinds } from '../../../bench/evaluate/synthetic/kinds.ts';
import { planLevels } from '../../../bench/evaluate/synthetic/levels.ts';
import { synthesize } from '../../../bench/evaluate/synthetic/synthesize.ts';
import { syntheticSet } from '../../../bench/evaluate/synthetic/synthetic-set.ts';
import { writeSet } from '../../../bench/evaluate/synthetic/write-set.ts';
import { uniform } from '../../../cli/produce/random.ts';
import { folderWith } from './folder.ts';

const options = { seed: 7, series: 2, points: 200 };

test('the same seed makes the same series, another one others', () => {
  const [first, same] = [[...synthesize(options)], [...synthesize(options)]];
  expect(same).toEqual(first);
  expect([...synthesize({ ...options, seed: 8 })]).not.toEqual(first);
});

test('each kind has as many series as asked for, all different', () => {
  const series = [...synthesize(options)];
  const names = Object.keys(kinds).flatMap((kind) => [`${kind}/1`, `${kind}/2`]);
  expect(series.map(({ name }) => name)).toEqual(names);
  expect(new Set(series.map(({ values }) => values.join())).size).toBe(series.length);
  for (const { values } of series) expect(values).toHaveLength(options.points);
});

test('what is written is what is read again', async () => {
  const folder = join(folderWith({}), 'new');
  const { signal } = new AbortController();
  const written = await writeSet(folder, synthesize(options), { signal });
  expect(written.map(({ name }) => name)).toEqual(syntheticSet(options).series.map(({ name }) => name));
  expect((await readSet(folder)).series).toEqual(syntheticSet(options).series);
});

test('writing ends when it is interrupted, and leaves nothing', async () => {
  const interrupt = new AbortController();
  const folder = folderWith({});
  const writing = writeSet(folder, synthesize(options), {
    signal: interrupt.signal,
    onSeries: () => interrupt.abort(new Error('interrupted')),
  });
  await expect(writing).rejects.toThrow('interrupted');
  expect(readdirSync(folder)).toEqual([]);
});

test('a folder that cannot be made is told', async () => {
  const path = join(folderWith({ file: '' }), 'file', 'below');
  const { signal } = new AbortController();
  await expect(writeSet(path, [], { signal })).rejects.toThrow(`cannot write ${path}: a file stands where`);
});

describe('the level', () => {
  const plans = Array.from({ length: 200 }, (_, seed) => planLevels(400, 1, uniform(seed)));

  test('moves up to three times, an eighth of the series apart from each other and from both ends', () => {
    expect(new Set(plans.map(({ changes }) => changes.length))).toEqual(new Set([0, 1, 2, 3]));
    for (const { changes } of plans) {
      const gaps = [...changes, 400].map((place, index) => place - (changes[index - 1] ?? 0));
      for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(50);
    }
  });

  test('moves exactly where it is said to, by 1.5 to 5 sd', () => {
    for (const { levels, changes } of plans) {
      const moves = levels.map((level, index) => Math.abs(level - (levels[index - 1] ?? 0)));
      expect(moves.flatMap((move, index) => (move > 0 ? [index] : []))).toEqual(changes);
      for (const place of changes) {
        expect(moves[place]).toBeGreaterThanOrEqual(1.5 - 1e-9);
        expect(moves[place]).toBeLessThanOrEqual(5 + 1e-9);
      }
    }
  });

  test('drifts over as many points as asked for, from the marked one on', () => {
    const { levels, changes } = planLevels(400, 40, uniform(3));
    const [first = 0] = changes;
    expect(changes.length).toBeGreaterThan(0);
    expect(levels[first - 1]).toBe(0);
    expect(levels[first]).not.toBe(0);
    expect(levels[first + 39]).toBeCloseTo(40 * (levels[first] ?? 0), 9);
    expect(levels[first + 40]).toBe(levels[first + 39]);
  });
});

describe('each kind is what it is called', () => {
  const quiet = Array(20_000).fill(0);
  const of = (name: string) => kinds[name]?.values(quiet, 5) ?? [];
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value / values.length, 0);
  const correlation = (values: readonly number[], lag: number) => {
    const products = values.slice(lag).map((value, index) => value * (values[index] ?? 0));
    return mean(products) / mean(values.map((value) => value ** 2));
  };

  test('dependence between neighbours', () => {
    expect(correlation(of('ar-1'), 1)).toBeCloseTo(0.7, 1);
    expect(mean(of('ar-1').map((value) => value ** 2))).toBeCloseTo(1, 0);
    expect(correlation(of('shifts'), 1)).toBeCloseTo(0, 1);
  });

  test('a season', () => {
    expect(correlation(of('season'), 24)).toBeGreaterThan(0.6);
    expect(correlation(of('season'), 12)).toBeLessThan(-0.6);
  });

  test('whole numbers, and zeros with rare ones', () => {
    expect(of('ties').every((value) => Number.isInteger(value) && !Object.is(value, -0))).toBe(true);
    expect(new Set(of('rare-events'))).toEqual(new Set([0, 1]));
    expect(mean(of('rare-events'))).toBeCloseTo(0.047, 2);
  });

  test('spikes and heavy tails reach far', () => {
    const far = (values: readonly number[]) => values.filter((value) => Math.abs(value) > 6).length / 20_000;
    expect(far(of('shifts'))).toBe(0);
    expect(far(of('spikes'))).toBeCloseTo(0.01, 2);
    expect(far(of('heavy-tails'))).toBeGreaterThan(0.01);
  });
});
